import { type Frameworks, frameworkIn } from '../framework/frameworks.js';
import { type CommandHandler, handle, nothing } from '../kernel/command.js';
import { sameFacts } from '../kernel/digest.js';
import { isRepresentative } from '../organisation/queries.js';
import type { OrganisationState } from '../organisation/state.js';
import { localDateOf } from '../time/zone.js';
import { DraftConvention, type ProposedTerms, ReviseConvention, SubmitConvention } from './commands.js';
import { ConventionDrafted, ConventionRevised, ConventionSubmitted, type Signatory } from './events.js';
import { convention } from './evolve.js';
import { judgeTerms, requiredSteps } from './judge-terms.js';
import { statusOn } from './queries.js';
import { frameworkRef, inStatus, type Rules, statusIn, zoneOf } from './standing.js';
import { type ConventionTerms, present } from './terms.js';
import { termsContext } from './terms-context.js';

/** The terms under the newest version of their framework; `undefined` when the table knows no such framework. */
const underNewest = (terms: ProposedTerms, table: Frameworks): ConventionTerms | undefined => {
  const row = frameworkIn(table, terms.framework);
  return row && { ...present(terms), frameworkVersion: row.version };
};

/** Looks at `convention.signatory-unknown`: both parties, each by its designated representatives. */
export const judgeSignatories = (
  rules: Rules,
  signatories: readonly Signatory[],
  both: { readonly home: Readonly<OrganisationState>; readonly host: Readonly<OrganisationState> },
): void => {
  const unknown = (['home', 'host'] as const).filter((party) => {
    const own = signatories.filter((signatory) => signatory.party === party);
    const designated = own.every(({ personId }) => isRepresentative(both[party], personId, `${party}_representative`));
    return own.length === 0 || !designated;
  });
  rules.require('convention.signatory-unknown', unknown.length === 0, { parties: unknown });
};

const draft = (table: Frameworks): CommandHandler =>
  handle(DraftConvention, convention, {
    id: (data) => data.conventionId,
    context: nothing,
    zone: (_state, _context, data) => data.terms.site.zone,
    framework: (_state, _context, data) => frameworkRefIn(data.terms, table),
    decide(state, { data, effectiveOn }, _context, rules: Rules) {
      const terms = underNewest(data.terms, table);
      const { framework, from: day } = data.terms;
      rules.require('convention.framework-not-in-force', terms !== undefined, { framework, day });
      const status = statusOn(state, effectiveOn);
      const again =
        terms !== undefined && state.lastVersion === 1 && status === 'draft' && sameFacts(state.pending?.terms, terms);
      if (again) return [];
      inStatus(rules, data.conventionId, status, ['none']);
      return terms ? rules.accept(() => [ConventionDrafted.of({ version: 1, terms })]) : [];
    },
  });

const frameworkRefIn = (terms: ProposedTerms, table: Frameworks): { id: string; version: number } | undefined => {
  const row = frameworkIn(table, terms.framework);
  return row && { id: row.id, version: row.version };
};

const revise = (table: Frameworks): CommandHandler =>
  handle(ReviseConvention, convention, {
    id: (data) => data.conventionId,
    context: nothing,
    zone: (_state, _context, data) => data.terms.site.zone,
    framework: (_state, _context, data) => frameworkRefIn(data.terms, table),
    decide(state, { data, effectiveOn }, _context, rules: Rules) {
      const terms = underNewest(data.terms, table);
      const { framework, from: day } = data.terms;
      rules.require('convention.framework-not-in-force', terms !== undefined, { framework, day });
      const expected = ['draft', 'submitted', 'partially_signed'] as const;
      const open = statusIn(rules, state, data.conventionId, effectiveOn, expected);
      if (!open || terms === undefined || sameFacts(state.pending?.terms, terms)) return [];
      return rules.accept(() => [ConventionRevised.of({ version: state.lastVersion + 1, terms })]);
    },
  });

const submit = (table: Frameworks): CommandHandler =>
  handle(SubmitConvention, convention, {
    id: (data) => data.conventionId,
    *context({ terms }, { meta, recordedAt }) {
      if (terms === undefined) return undefined;
      const framework = frameworkIn(table, terms.framework, terms.frameworkVersion);
      const today = meta.effectiveOn ?? localDateOf(recordedAt, terms.site.zone);
      return { framework, ...(yield* termsContext(terms, framework, today)) };
    },
    zone: zoneOf,
    framework: frameworkRef,
    decide(state, { data, effectiveOn }, context, rules: Rules) {
      const { conventionId, docHash, signatories } = data;
      const frozen = state.pending?.submission;
      const again = frozen && sameFacts([frozen.docHash, frozen.signatories], [docHash, signatories]);
      if (again) return [];
      const open = statusIn(rules, state, conventionId, effectiveOn, ['draft']);
      if (!open || state.pending === undefined || context === undefined) return [];
      const { version, terms } = state.pending;
      const { framework } = context;
      if (framework === undefined) {
        rules.require('convention.framework-not-in-force', false, { framework: terms.framework, day: terms.from });
        return [];
      }
      const period = { from: terms.from, to: terms.to };
      judgeTerms(rules, { conventionId, terms, framework, day: terms.from, today: effectiveOn, period }, context);
      judgeSignatories(rules, signatories, context);
      const required = requiredSteps(framework, context.home);
      return rules.accept(() => [ConventionSubmitted.of({ version, docHash, signatories, required })]);
    },
  });

/** From an empty page to a frozen text. */
export const draftingHandlers = (table: Frameworks): readonly CommandHandler[] => [
  draft(table),
  revise(table),
  submit(table),
];
