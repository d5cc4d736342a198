import type { Facts } from './envelope.js';
import type { Examined, Finding, Rule, Severity } from './rule.js';
import { told } from './rule.js';

/** How a rule is applied in one place: a framework may be milder than the rule's default, and names its own source. */
export interface Applied {
  readonly severity?: Severity;
  readonly source?: string | undefined;
}

/** Collects every rule that a decision looks at, so that a refusal gives all its reasons at once. */
export interface Judgement<Id extends string = string> {
  /** Notes that `rule` was looked at; returns `holds`, so that a decision can skip what an unmet rule makes moot. */
  require(rule: Id, holds: boolean, facts?: Facts, applied?: Applied): boolean;
  /** Notes that `rule` could not be looked at, because what it rests on is not known here; it stands in nobody's way. */
  notExamined(rule: Id, facts?: Facts, applied?: Applied): void;
  /** True once a rule stands in the way (an unmet `justify` does, unless a justification was given). */
  refused(): boolean;
  /** The events of `accept`, or none when the command is refused: `accept` is then not called. */
  accept<E>(accept: () => readonly E[]): readonly E[];
}

/** A judgement together with what it has collected. */
export interface Ledger extends Judgement {
  readonly examined: readonly Examined[];
  /** Rules that stand in the way. */
  readonly refusals: readonly Finding[];
  /** Warnings and overcome `justify` rules, which an accepted command's events carry. */
  readonly notes: readonly Finding[];
}

/** Starts a judgement over the published `rules`. */
export const judge = (rules: Readonly<Record<string, Rule>>, justified: boolean): Ledger => {
  const examined: Examined[] = [];
  const refusals: Finding[] = [];
  const notes: Finding[] = [];
  const findingOf = (id: string, facts: Facts, applied: Applied): Finding => {
    const rule = rules[id];
    if (rule === undefined) throw new Error(`rule ${id} is not published`);
    const source = applied.source ?? rule.source;
    return {
      rule: id,
      severity: applied.severity ?? rule.severity,
      message: told(rule.message, facts),
      facts,
      ...(source === undefined ? {} : { source }),
    };
  };
  const ledger: Ledger = {
    examined,
    refusals,
    notes,
    require(id, holds, facts = {}, applied = {}) {
      const finding = findingOf(id, facts, applied);
      const { severity } = finding;
      examined.push({ ...finding, outcome: holds ? 'holds' : severity });
      if (!holds) (severity === 'refuse' || (severity === 'justify' && !justified) ? refusals : notes).push(finding);
      return holds;
    },
    notExamined(id, facts = {}, applied = {}) {
      examined.push({ ...findingOf(id, facts, applied), outcome: 'not-examined' });
    },
    refused: () => refusals.length > 0,
    accept: (accept) => (refusals.length > 0 ? [] : accept()),
  };
  return ledger;
};
