import { digestOf } from '../kernel/digest.js';
import type { AssignmentId, EmploymentId, EntryId, PersonId } from '../kernel/identifiers.js';
import type { Month } from '../time/types.js';
import type { MonthTotal } from './events.js';
import { isSettled } from './queries.js';
import type { AgentTimeState, Entry } from './state.js';

const entriesOfMonth = (
  state: Readonly<AgentTimeState>,
  employmentId: EmploymentId,
  month: Month,
): readonly Readonly<Entry>[] =>
  (state.months[employmentId]?.[month]?.entryIds ?? []).flatMap((id) => {
    const entry = state.entries[id];
    return entry === undefined || entry.status === 'withdrawn' ? [] : [entry];
  });

/**
 * What a month holds per assignment, in the order of assignment ids: as closed, or, while it is open, its validated
 * entries and the adjustments that count in it.
 */
export const totalsOfMonth = (
  state: Readonly<AgentTimeState>,
  employmentId: EmploymentId,
  month: Month,
): readonly MonthTotal[] => {
  const held = state.months[employmentId]?.[month];
  if (held === undefined) return [];
  if (held.closed) return held.closed.totals;
  const totals = new Map<AssignmentId, { assignmentId: AssignmentId; entries: number; minutes: number }>();
  const add = (assignmentId: AssignmentId, entries: number, minutes: number): void => {
    const total = totals.get(assignmentId) ?? { assignmentId, entries: 0, minutes: 0 };
    totals.set(assignmentId, { assignmentId, entries: total.entries + entries, minutes: total.minutes + minutes });
  };
  for (const entry of entriesOfMonth(state, employmentId, month)) {
    if (isSettled(entry)) add(entry.assignmentId, 1, entry.minutes);
  }
  for (const { assignmentId, deltaMinutes } of held.adjustments) add(assignmentId, 0, deltaMinutes);
  return [...totals.values()].sort((a, b) => (a.assignmentId < b.assignmentId ? -1 : 1));
};

/** Entries of a month that are neither validated nor withdrawn. */
export const unsettledInMonth = (
  state: Readonly<AgentTimeState>,
  employmentId: EmploymentId,
  month: Month,
): readonly EntryId[] =>
  entriesOfMonth(state, employmentId, month)
    .filter((entry) => !isSettled(entry))
    .map(({ entryId }) => entryId);

/** Months before `month` that hold hours or adjustments and are open; empty ones need no closing. */
export const earlierOpenMonths = (
  state: Readonly<AgentTimeState>,
  employmentId: EmploymentId,
  month: Month,
): readonly Month[] =>
  Object.entries(state.months[employmentId] ?? {})
    .map(([earlier, held]) => ({ earlier: earlier as Month, held })) // keys of a record by Month
    .filter(({ earlier, held }) => earlier < month && held.closed === undefined)
    .filter(
      ({ earlier, held }) => held.adjustments.length > 0 || entriesOfMonth(state, employmentId, earlier).length > 0,
    )
    .map(({ earlier }) => earlier)
    .sort();

/** SHA-256 (hex) over a month's validated entries and the adjustments that count in it, in a canonical form. */
export const digestOfMonth = (
  state: Readonly<AgentTimeState>,
  personId: PersonId,
  employmentId: EmploymentId,
  month: Month,
): string =>
  digestOf({
    personId,
    employmentId,
    month,
    entries: entriesOfMonth(state, employmentId, month)
      .filter(isSettled)
      .map(({ entryId, assignmentId, workDate, startsAt, minutes }) => ({
        entryId,
        assignmentId,
        workDate,
        startsAt,
        minutes,
      }))
      .sort((a, b) => (a.entryId < b.entryId ? -1 : 1)),
    adjustments: state.months[employmentId]?.[month]?.adjustments ?? [],
  });
