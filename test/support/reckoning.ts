import type { ExampleLine } from './example-files.js';

/** Minutes by person's name and month. */
export type MinutesByMonth = Readonly<Record<string, Readonly<Record<string, number>>>>;

interface Row {
  readonly personId: string;
  readonly month: string;
  minutes: number;
  validated: boolean;
}

/**
 * Adds up the hours that HR validated, from the lines alone, as one would with a pencil: declared, then corrected,
 * resolved, withdrawn; an adjustment goes to the month that it counts in. Shares nothing with the code under test.
 */
export const reckon = (lines: readonly ExampleLine[]): MinutesByMonth => {
  const names = new Map<string, string>();
  const rows = new Map<string, Row>();
  const adjustments: { readonly personId: string; readonly month: string; readonly minutes: number }[] = [];
  for (const { command, data } of lines) {
    const personId = String(data.personId);
    const row = rows.get(String(data.entryId));
    if (command === 'RegisterPerson') names.set(personId, String(data.name));
    if (command === 'DeclareHours') {
      const month = String(data.workDate).slice(0, 7);
      rows.set(String(data.entryId), { personId, month, minutes: Number(data.minutes), validated: false });
    }
    if (command === 'RecordAdjustment')
      adjustments.push({ personId, month: String(data.countsIn), minutes: Number(data.deltaMinutes) });
    if (row === undefined) continue;
    if (command === 'CorrectHours') row.minutes += Number(data.deltaMinutes);
    if (command === 'ResolveContest') row.minutes = Number(data.minutes);
    if (command === 'WithdrawHours') rows.delete(String(data.entryId));
    if (command === 'ValidateHours') row.validated = true;
  }
  const sums: Record<string, Record<string, number>> = {};
  for (const { personId, month, minutes } of [...[...rows.values()].filter((row) => row.validated), ...adjustments]) {
    const name = names.get(personId) ?? personId;
    const months = sums[name] ?? {};
    sums[name] = months;
    months[month] = (months[month] ?? 0) + minutes;
  }
  return sums;
};
