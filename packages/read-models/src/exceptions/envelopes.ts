import { daysInclusive, LocalDate } from '@probono/domain';
import type { DecodedEvent } from '@probono/event-store';
import type { Row, RowKey, Rows, Table } from '../projection.js';
import { CLOCK_TOLERANCE_SECONDS } from './codes.js';
import { note } from './note.js';

/** Where each stream stands, and which commands wrote it last: their ids, the latest first, a space after each. */
export const streams: Table = {
  name: 'streams',
  key: ['stream'],
  columns: { stream: 'text', revision: 'bigint', position: 'bigint', commands: 'text', clock_off: 'boolean' },
};

/** In which roles each person has acted. */
export const actors: Table = {
  name: 'actors',
  key: ['person_id'],
  columns: { person_id: 'text', roles: 'jsonb' },
};

/** Commands that write a stream between two writes of one command: more than a few are not under way at once. */
const remembered = 8;

/** The id of a command, a UUID, in that list. */
const listed = (commandId: string): string => `${commandId} `;

const commandsIn = (known: Row | undefined): string => (typeof known?.commands === 'string' ? known.commands : '');

const withCommand = (commands: string, commandId: string): string => {
  const own = listed(commandId);
  if (commands.startsWith(own)) return commands;
  return (own + commands.replace(own, '')).slice(0, remembered * own.length);
};

const listIn = (cell: unknown): readonly string[] => (Array.isArray(cell) ? cell.map(String) : []);
const bigintIn = (cell: unknown): bigint => BigInt(String(cell ?? -1));

/** A stream moved on, before this event, behind the revision that its decision saw. */
const stale = (event: DecodedEvent, rows: Rows): void => {
  for (const read of event.basis) {
    if (!('stream' in read)) continue;
    const other = rows.get('streams', read.stream);
    // What the command wrote there itself was appended on what it had read.
    if (other === undefined || commandsIn(other).includes(listed(event.commandId))) continue;
    const [seen, actual] = [read.revision === 'none' ? -1n : read.revision, bigintIn(other.revision)];
    if (actual <= seen || bigintIn(other.position) > event.position) continue;
    note(rows, event, 'stale-basis', read.stream, { seen: Number(seen), actual: Number(actual) });
  }
};

/** The recorded time is far from the store's: told once a stream. True when it was, now or before. */
const offClock = (event: DecodedEvent, rows: Rows, known: Row | undefined): boolean => {
  if (known?.clock_off === true) return true;
  const { recordedAt, storedAt } = event;
  const seconds = Math.round((Date.parse(recordedAt) - Date.parse(storedAt)) / 1000);
  if (Math.abs(seconds) <= CLOCK_TOLERANCE_SECONDS) return false;
  note(rows, event, 'clock-off', event.stream, { storedAt, seconds });
  return true;
};

const anotherRole = (event: DecodedEvent, rows: Rows): void => {
  const { id, role } = event.actor;
  if (role === 'system') return;
  const before = listIn(rows.get('actors', id)?.roles);
  if (before.includes(role)) return;
  rows.put('actors', { person_id: id, roles: [...before, role] });
  if (before.length > 0) note(rows, event, 'two-roles', id, { role, before: [...before] });
};

/** No zone lies further behind: when a day is over there, it is over everywhere. */
const lastDayOn = (instant: string): string =>
  new Date(Date.parse(instant) - 12 * 3_600_000).toISOString().slice(0, 10);

const reachesBack = (event: DecodedEvent, rows: Rows): void => {
  const recordedDay = event.recordedAt.slice(0, 10);
  // Most are of the day itself, or of one to come: nothing to reckon.
  if (event.effectiveOn >= recordedDay || event.effectiveOn >= lastDayOn(event.recordedAt)) return;
  const recordedOn = LocalDate.parse(recordedDay);
  note(rows, event, 'effective-before-recorded', '', { days: daysInclusive(event.effectiveOn, recordedOn) - 1 });
};

const overcome = (event: DecodedEvent, rows: Rows): void => {
  for (const { rule, severity, facts } of event.findings ?? [])
    if (severity === 'justify') note(rows, event, 'rule-overcome', rule, facts);
};

/** Looks at what every event says of how it came about. */
export const examineEnvelope = (event: DecodedEvent, rows: Rows): void => {
  const { stream, revision, position, commandId } = event;
  const known = rows.get('streams', stream);
  // The second of the facts that one older event is read as.
  if (bigintIn(known?.revision) >= revision) return;
  stale(event, rows);
  const clockOff = offClock(event, rows, known);
  anotherRole(event, rows);
  reachesBack(event, rows);
  overcome(event, rows);
  const commands = withCommand(commandsIn(known), commandId);
  rows.put('streams', { stream, revision, position, commands, clock_off: clockOff });
};

/** The rows that looking at an envelope asks for. */
export const envelopeKeys = ({ stream, basis, actor }: DecodedEvent): readonly RowKey[] => [
  { table: 'streams', key: [stream] },
  ...basis.flatMap((read) => ('stream' in read ? [{ table: 'streams', key: [read.stream] }] : [])),
  ...(actor.role === 'system' ? [] : [{ table: 'actors', key: [actor.id] }]),
];
