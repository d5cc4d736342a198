import type { ConventionFact, ConventionTerms, Recorded } from '@probono/domain';
import { idOf } from '@probono/domain';
import { replanConvention } from './officers.js';
import type { Policy } from './policy.js';
import type { ConventionDates, ConventionRow, Plan } from './tables.js';

const datesOf = ({ to, noticeDays, site }: ConventionTerms): ConventionDates => ({
  to,
  noticeDays,
  zone: site.zone,
  calendar: site.holidayCalendar,
});

const scopeOf = ({ personId }: { readonly personId?: string | undefined }): string => personId ?? 'whole';

const without = <T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));

/** The row after a fact; undefined when the fact says nothing of dates. */
const next = (row: ConventionRow | undefined, event: Recorded<ConventionFact>): ConventionRow | undefined => {
  if (event.type === 'ConventionDrafted' || event.type === 'ConventionRevised') {
    const { version, terms } = event.data;
    const convention_id = idOf(event.stream);
    return {
      convention_id,
      framework: terms.framework,
      signed: row?.signed ?? null,
      notices: row?.notices ?? {},
      texts: { ...row?.texts, [version]: datesOf(terms) },
    };
  }
  if (row === undefined) return undefined;
  switch (event.type) {
    case 'AmendmentProposed': {
      const { version, delta } = event.data;
      if (row.signed === null) return undefined;
      const { signed } = row;
      const site = delta.site;
      const amended: ConventionDates = {
        to: delta.to ?? signed.to,
        noticeDays: delta.noticeDays ?? signed.noticeDays,
        zone: site?.zone ?? signed.zone,
        calendar: site?.holidayCalendar ?? signed.calendar,
      };
      return { ...row, texts: { ...row.texts, [version]: amended } };
    }
    case 'ConventionSigned':
    case 'ConventionAmended':
      return { ...row, signed: row.texts[event.data.version] ?? row.signed, texts: {} };
    case 'TerminationNoticeGiven':
      return { ...row, notices: { ...row.notices, [scopeOf(event.data)]: event.data.endsOn } };
    case 'TerminationNoticeWithdrawn':
      return { ...row, notices: without(row.notices, scopeOf(event.data)) };
    case 'ConventionTerminated':
      if (event.data.personId !== undefined) return { ...row, notices: without(row.notices, event.data.personId) };
      return { ...row, signed: null };
    case 'ConventionExpired':
    case 'ConventionClosed':
      return { ...row, signed: null };
    default:
      return undefined;
  }
};

/** What a fact of a convention changes in the plan. */
export const foldConvention = (plan: Plan, event: Recorded<ConventionFact>, policy: Policy): void => {
  const row = next(plan.conventions.get(idOf(event.stream)), event);
  if (row === undefined) return;
  plan.conventions.put(row);
  replanConvention(plan, row, policy, event.recordedAt);
};
