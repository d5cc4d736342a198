import type { Facts } from './envelope.js';

/** `refuse`: not allowed. `justify`: allowed with a written justification. `warn`: allowed, and noted. */
export type Severity = 'refuse' | 'justify' | 'warn';

/** A sentence in the two languages that people read. */
export interface Message {
  readonly fr: string;
  readonly en: string;
}

/** A published rule: its id is stable. `{name}` in a message stands for the fact of that name. */
export interface Rule {
  readonly severity: Severity;
  readonly message: Message;
  /** The law, decree or charter it rests on; absent when it rests on this project's own choice. */
  readonly source?: string;
}

/** A rule that did not hold, told so that a person can act on it. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: Message;
  readonly facts: Facts;
  readonly source?: string;
}

/** A rule that was looked at, and what came of it; `not-examined` when what it rests on could not be known. */
export interface Examined extends Finding {
  readonly outcome: 'holds' | 'not-examined' | Severity;
}

const fill = (text: string, facts: Facts): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in facts ? String(facts[name]) : whole));

/** The rule's messages with its facts filled in. */
export const told = (message: Message, facts: Facts): Message => ({
  fr: fill(message.fr, facts),
  en: fill(message.en, facts),
});
