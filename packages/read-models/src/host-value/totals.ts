import { centsOfWork } from '@probono/domain';
import type { Row, Rows, Table } from '../projection.js';

/** What one host received from one administration in one calendar year. */
export const totals: Table = {
  name: 'years',
  key: ['home_id', 'host_id', 'year'],
  columns: {
    home_id: 'text',
    host_id: 'text',
    year: 'integer',
    minutes: 'bigint',
    unpriced_minutes: 'bigint',
    /** The exact sum of minutes × cents a year: only what it comes to is rounded. */
    work: 'bigint',
    value_cents: 'bigint',
    financial_cents: 'bigint',
    received_cents: 'bigint',
  },
  indexes: [['host_id'], ['year', 'received_cents']],
};

/** Whose total, and what is added to it; what is taken away is below zero. */
export interface Share {
  readonly homeId: string;
  readonly hostId: string;
  readonly year: number;
  readonly minutes?: bigint;
  readonly unpriced?: bigint;
  readonly work?: bigint;
  readonly financial?: bigint;
}

const cell = (row: Row | undefined, column: string): bigint => BigInt(String(row?.[column] ?? 0));

/** Adds a share to its total; a total of nothing has no row. */
export const add = (rows: Rows, { homeId, hostId, year, ...share }: Share): void => {
  const row = rows.get('years', homeId, hostId, year);
  const minutes = cell(row, 'minutes') + (share.minutes ?? 0n);
  const unpriced = cell(row, 'unpriced_minutes') + (share.unpriced ?? 0n);
  const work = cell(row, 'work') + (share.work ?? 0n);
  const financial = cell(row, 'financial_cents') + (share.financial ?? 0n);
  if (minutes === 0n && unpriced === 0n && work === 0n && financial === 0n) {
    rows.delete('years', homeId, hostId, year);
    return;
  }
  const value = BigInt(centsOfWork(work));
  rows.put('years', {
    home_id: homeId,
    host_id: hostId,
    year,
    minutes,
    unpriced_minutes: unpriced,
    work,
    value_cents: value,
    financial_cents: financial,
    received_cents: value + financial,
  });
};
