import { Unavailable, type UnknownEvent } from '@probono/event-store';
import { isConnectionLost, SqlUnavailable } from '@probono/sql';
import type { ReadEvent } from './batch.js';

/** An event that cannot be decoded or that this code does not know. */
export class Undecodable extends Error {
  override readonly name = 'Undecodable';
}

/** Why an event of a wanted type is not one that can be folded. */
export const undecodable = ({ stored, why }: UnknownEvent): Undecodable =>
  new Undecodable(`version ${stored.schemaVersion}: ${why}`);

const codeOf = (error: unknown): string => {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
};

// Connection lost, too many connections, deadlock or serialisation, wrong transaction state, cancelled, disk.
const outageState = /^(08|25|40|53|55|57|58)...$|^E[A-Z]+$/;

/** True when it is not the event's fault: a database or a store is out of reach, and will be back. */
export const isOutage = (error: unknown): boolean =>
  error instanceof Unavailable ||
  error instanceof SqlUnavailable ||
  isConnectionLost(error) ||
  outageState.test(codeOf(error));

/** True when the database refused a value. */
export const isRefusedValue = (error: unknown): boolean => /^(22|23|54)...$/.test(codeOf(error));

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

/**
 * What is kept and logged of a failure: one line, without what the event says. A message may quote the event, which is
 * decrypted here, so every text of it is taken out, and all that follows a quotation mark.
 */
export const causeOf = (error: unknown, { stored, read }: ReadEvent): string =>
  `${stored.type} at position ${stored.position}: ${reasonOf(error, 'events' in read ? read.events : undefined)}`;

const reasonOf = (error: unknown, said: unknown): string => {
  if (error instanceof Undecodable) return error.message.slice(0, 300);
  if (!(error instanceof Error)) return 'something other than an Error was thrown';
  const texts = textsIn(said).filter((text) => text.length > 1);
  const longestFirst = [...texts].sort((a, b) => b.length - a.length);
  const message = longestFirst.reduce((left, text) => left.replaceAll(text, '…'), error.message);
  // What stands in quotes may be a value in another form, and quotes nest: all from the first on goes.
  const unquoted = message.replace(/\s+/g, ' ').replace(/["'«`].*$/, '…');
  return `${error.name}: ${unquoted}`.slice(0, 300);
};
