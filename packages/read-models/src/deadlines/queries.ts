import type { SqlExecutor } from '@probono/sql';
import { equal, given, listing, type Page, type Source, tableOf, type Unpaged } from '../query.js';
import type { DeadlineKind } from './projection.js';

/** A day by which something has to be done. */
export interface DeadlineRow {
  readonly kind: DeadlineKind;
  /** The host (accreditation, insurance) or the convention. */
  readonly subjectId: string;
  /** The administration that accredited; the agent whom a notice is for, or `all`; else empty. */
  readonly scope: string;
  /** `YYYY-MM-DD`. */
  readonly on: string;
  readonly hostId: string | null;
  readonly homeId: string | null;
}

/** Which deadlines: from a day on, up to a day, both included. */
export interface DeadlineFilter extends Page<Pick<DeadlineRow, 'on' | 'kind' | 'subjectId' | 'scope'>> {
  readonly from?: string;
  readonly to: string;
  readonly kinds?: readonly DeadlineKind[];
  readonly hostId?: string;
  readonly homeId?: string;
}

const deadlines = listing<DeadlineRow, 'on' | 'kind' | 'subjectId' | 'scope', DeadlineFilter>({
  columns: {
    kind: 'kind',
    subjectId: 'subject_id',
    scope: 'scope',
    on: 'on_date',
    hostId: 'host_id',
    homeId: 'home_id',
  },
  key: ['on', 'kind', 'subjectId', 'scope'],
  select: ({ from, to, kinds, hostId, homeId }, source) => ({
    from: tableOf('deadlines_days', source),
    where: [
      ...given(from, (p) => `on_date >= ${p}`),
      ...given(to, (p) => `on_date <= ${p}`),
      ...given(kinds, (p) => `kind = ANY(${p})`),
      ...equal({ host_id: hostId, home_id: homeId }),
    ],
  }),
});

/**
 * Deadlines, the nearest first; `after` is the last row.
 *
 * @example
 * ```ts
 * // Accreditations and insurances that end within 90 days.
 * const from = LocalDate.parse('2026-03-02');
 * const kinds = ['accreditation-end', 'insurance-end'] as const;
 * await listDeadlines(sql, { from, to: addDays(from, 90), kinds });
 * ```
 */
export const listDeadlines = (
  sql: SqlExecutor,
  filter: DeadlineFilter,
  source?: Source,
): Promise<readonly DeadlineRow[]> => deadlines.page(sql, filter, source);

/** How many deadlines the filter lets pass. */
export const countDeadlines = (sql: SqlExecutor, filter: Unpaged<DeadlineFilter>, source?: Source): Promise<number> =>
  deadlines.count(sql, filter, source);
