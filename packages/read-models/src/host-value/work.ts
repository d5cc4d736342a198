import { type From, LocalDate, valueOn } from '@probono/domain';
import type { Row, Rows, Table } from '../projection.js';
import { lentFreeOn } from './texts.js';
import { add, type Share } from './totals.js';

/**
 * Pieces of work: entries of hours under a convention, and adjustments of them. Each holds what it is worth: the loaded
 * cost on the day worked, and host and home where the convention lent for free on that day.
 */
export const work: Table = {
  name: 'work',
  key: ['work_id'],
  columns: {
    work_id: 'text',
    employment_id: 'text',
    convention_id: 'text',
    work_date: 'date',
    year: 'integer',
    minutes: 'integer',
    validated: 'boolean',
    home_id: 'text',
    host_id: 'text',
    cents_per_year: 'bigint',
  },
  indexes: [['employment_id'], ['convention_id']],
};

/** The loaded costs of an employment, in the order recorded. */
export const costs: Table = {
  name: 'costs',
  key: ['employment_id'],
  columns: { employment_id: 'text', costs: 'jsonb' },
};

const shareOf = (piece: Row): Share | undefined => {
  const { validated, home_id, host_id, year, minutes, cents_per_year } = piece;
  if (validated !== true || typeof home_id !== 'string' || typeof host_id !== 'string') return undefined;
  const lent = BigInt(Number(minutes));
  const of = { homeId: home_id, hostId: host_id, year: Number(year), minutes: lent };
  return cents_per_year === null ? { ...of, unpriced: lent } : { ...of, work: lent * BigInt(String(cents_per_year)) };
};

const negated = ({ homeId, hostId, year, minutes = 0n, unpriced = 0n, work = 0n }: Share): Share => ({
  ...{ homeId, hostId, year },
  ...{ minutes: -minutes, unpriced: -unpriced, work: -work },
});

/** Puts a piece of work in the place of what it was, and moves the totals by the difference. */
export const replace = (rows: Rows, before: Row | undefined, after: Row): void => {
  const [was, is] = [before && shareOf(before), shareOf(after)];
  if (was !== undefined) add(rows, negated(was));
  if (is !== undefined) add(rows, is);
  rows.put('work', after);
};

/** The loaded costs of an employment's row. */
export const costsIn = (row: Row | undefined): readonly From<number>[] =>
  // The column holds what the projection put there.
  Array.isArray(row?.costs) ? (row.costs as readonly From<number>[]) : [];

/** The piece of work with what holds on the day it was done. */
export const valued = (rows: Rows, piece: Row): Row => {
  const day = LocalDate.parse(piece.work_date);
  const lent = lentFreeOn(rows.get('conventions', String(piece.convention_id)), day);
  return {
    ...piece,
    home_id: lent?.homeId ?? null,
    host_id: lent?.hostId ?? null,
    cents_per_year: valueOn(costsIn(rows.get('costs', String(piece.employment_id))), day) ?? null,
  };
};

/** Values anew what may have changed in value. */
export const revalue = (rows: Rows, pieces: readonly Row[]): void => {
  for (const piece of pieces) replace(rows, piece, valued(rows, piece));
};
