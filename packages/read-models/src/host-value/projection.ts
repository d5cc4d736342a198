import { type AgentTimeFact, type ConventionFact, idOf, type PartnershipFact, type PersonFact } from '@probono/domain';
import { type Handlers, handling } from '../handlers.js';
import { idsIn } from '../placements/fold.js';
import type { Projection, Row, Rows } from '../projection.js';
import { textHandlers, texts } from './texts.js';
import { add, totals } from './totals.js';
import { costs, costsIn, replace, revalue, valued, work } from './work.js';

const change = (entryId: string, rows: Rows, to: (piece: Row) => Row): void => {
  const piece = rows.get('work', entryId);
  if (piece !== undefined) replace(rows, piece, { ...piece, ...to(piece) });
};

const hourHandlers: Handlers<AgentTimeFact> = {
  HoursDeclared({ data }, rows) {
    // Under a leave or as a volunteer nobody is lent.
    if (data.conventionId === undefined) return;
    const piece = {
      work_id: data.entryId,
      employment_id: data.employmentId,
      convention_id: data.conventionId,
      work_date: data.workDate,
      year: Number(data.workDate.slice(0, 4)),
      minutes: data.minutes,
      validated: false,
    };
    replace(rows, undefined, valued(rows, piece));
  },
  ContestResolved: ({ data }, rows) => change(data.entryId, rows, () => ({ minutes: data.minutes })),
  HoursCorrected: ({ data }, rows) =>
    change(data.entryId, rows, ({ minutes }) => ({ validated: false, minutes: Number(minutes) + data.deltaMinutes })),
  HoursWithdrawn: ({ data }, rows) => change(data.entryId, rows, () => ({ validated: false })),
  HoursValidated: ({ data }, rows) => change(data.entryId, rows, () => ({ validated: true })),
  AdjustmentRecorded({ eventId, data }, rows) {
    const entry = rows.get('work', data.entryId);
    if (entry === undefined) return;
    const year = Number(data.countsIn.slice(0, 4));
    // Worth what the hours were worth on their day; HR's own, so validated at once.
    replace(rows, undefined, { ...entry, work_id: eventId, year, minutes: data.deltaMinutes, validated: true });
  },
};

const costHandlers: Handlers<PersonFact> = {
  LoadedCostSet({ data: { employmentId, centsPerYear, from } }, rows) {
    const known = costsIn(rows.get('costs', employmentId));
    rows.put('costs', { employment_id: employmentId, costs: [...known, { from, value: centsPerYear }] });
    revalue(
      rows,
      rows.where('work', 'employment_id', employmentId).filter(({ work_date }) => String(work_date) >= from),
    );
  },
};

const contributionHandlers: Handlers<PartnershipFact> = {
  ContributionRecorded({ data }, rows) {
    if (data.kind !== 'financial') return;
    const [homeId, hostId] = [data.giverId, data.receiverId];
    add(rows, { homeId, hostId, year: Number(data.on.slice(0, 4)), financial: BigInt(data.cents) });
  },
};

/**
 * What each host received from each administration in a calendar year: validated hours lent for free, at the loaded cost
 * of the day worked, adjustments in the year that they count in, and financial contributions. A cost or a text that
 * becomes known later values anew the hours that it concerns, and no others.
 */
export const hostValue: Projection = {
  name: 'host_value',
  version: 1,
  partitioned: false,
  onFailure: 'park',
  tables: [totals, work, costs, texts],
  keys: ({ type, stream, data }) => [
    ...(stream.startsWith('convention-') ? [idOf(stream)] : idsIn(data, 'conventionId')).map((id) => ({
      table: 'conventions',
      key: [id],
    })),
    ...idsIn(data, 'employmentId').map((id) => ({ table: 'costs', key: [id] })),
    ...idsIn(data, 'entryId').map((id) => ({ table: 'work', key: [id] })),
    // A cost or a first text, as a rule, comes before any hours: known to be so without asking for each.
    ...(type === 'LoadedCostSet'
      ? idsIn(data, 'employmentId').map((value) => ({ table: 'work', column: 'employment_id', value }))
      : []),
    ...(type === 'ConventionSigned' ? [{ table: 'work', column: 'convention_id', value: idOf(stream) }] : []),
  ],
  ...handling<AgentTimeFact | PersonFact | ConventionFact | PartnershipFact>({
    ...hourHandlers,
    ...costHandlers,
    ...contributionHandlers,
    ...textHandlers((conventionId, rows) => revalue(rows, rows.where('work', 'convention_id', conventionId))),
  }),
};
