import type { Facts } from '@probono/domain';
import type { SqlExecutor } from '@probono/sql';
import { equal, given, listing, type Page, type Source, tableOf, type Unpaged } from '../query.js';
import type { ExceptionCode } from './codes.js';

/** Something that an auditor may want to look into, at the event that showed it. */
export interface ExceptionRow {
  readonly code: ExceptionCode;
  /** What it is about; of which kind, the code says. */
  readonly subject: string;
  readonly facts: Facts;
  readonly eventId: string;
  readonly stream: string;
  readonly revision: bigint;
  /** The type of the event. */
  readonly type: string;
  readonly position: bigint;
  readonly recordedAt: Date;
  /** `YYYY-MM-DD`. */
  readonly effectiveOn: string;
  readonly actorId: string;
  readonly actorRole: string;
}

/** Which exceptions; what is left out lets all pass. */
export interface ExceptionFilter extends Page<Pick<ExceptionRow, 'position' | 'code' | 'subject'>> {
  readonly codes?: readonly ExceptionCode[];
  readonly stream?: string;
  readonly subject?: string;
  /** The first instant of recording. */
  readonly recordedFrom?: Date;
  /** Recorded before this instant. */
  readonly recordedBefore?: Date;
  /** Days on which the event took effect, both included. */
  readonly effectiveFrom?: string;
  readonly effectiveTo?: string;
}

const exceptions = listing<ExceptionRow, 'position' | 'code' | 'subject', ExceptionFilter>({
  columns: {
    code: 'code',
    subject: 'subject',
    facts: 'facts',
    eventId: 'event_id',
    stream: 'stream',
    revision: 'revision',
    type: 'type',
    position: 'position',
    recordedAt: 'recorded_at',
    effectiveOn: 'effective_on',
    actorId: 'actor_id',
    actorRole: 'actor_role',
  },
  key: ['position', 'code', 'subject'],
  select: ({ codes, stream, subject, recordedFrom, recordedBefore, effectiveFrom, effectiveTo }, source) => ({
    from: tableOf('exceptions_found', source),
    where: [
      ...given(codes, (p) => `code = ANY(${p})`),
      ...equal({ stream, subject }),
      ...given(recordedFrom, (p) => `recorded_at >= ${p}`),
      ...given(recordedBefore, (p) => `recorded_at < ${p}`),
      ...given(effectiveFrom, (p) => `effective_on >= ${p}`),
      ...given(effectiveTo, (p) => `effective_on <= ${p}`),
    ],
  }),
});

/** Exceptions, in the order of the log; `after` is the last row. */
export const listExceptions = (
  sql: SqlExecutor,
  filter: ExceptionFilter,
  source?: Source,
): Promise<readonly ExceptionRow[]> => exceptions.page(sql, filter, source);

/** How many exceptions the filter lets pass. */
export const countExceptions = (sql: SqlExecutor, filter: Unpaged<ExceptionFilter>, source?: Source): Promise<number> =>
  exceptions.count(sql, filter, source);
