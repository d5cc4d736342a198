import type { Language } from './dates.js';
import type { Notice } from './notice.js';
import { english } from './phrases-en.js';
import { french } from './phrases-fr.js';

/** All the words of mails in one language. */
export interface Phrases {
  readonly language: Language;
  greeting(name: string): string;
  /** One line that says what it is about: subject of a mail, heading of a part of a digest. */
  heading(notice: Notice): string;
  /** What to know or to do. */
  body(notice: Notice): string;
  readonly labels: {
    readonly mission: string;
    readonly when: string;
    readonly where: string;
    readonly before: string;
    readonly reference: string;
  };
  /** Between a label and its value. */
  readonly colon: string;
  digestSubject(count: number): string;
  digestBody(count: number): string;
  /** Why someone gets this mail. */
  readonly footer: string;
  readonly unsubscribe: string;
  readonly programme: string;
}

/** The words for a language. */
export const phrasesIn = (language: Language): Phrases => (language === 'fr' ? french : english);
