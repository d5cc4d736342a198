import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { agentTimeEvents, type StreamName } from '@probono/domain';
import type { SqlExecutor } from '@probono/sql';
import { engines, type FreshDatabase } from '../../../test/support/databases.js';
import { beginBench, openDatabase } from '../test/bench.js';
import {
  assignment as a,
  ada,
  adaJob,
  ben,
  benJob,
  convention as c,
  hours as h,
  homeId,
  hostId,
  id,
  mission as m,
  otherHostId,
  programmeCodec,
  session as s,
} from '../test/programme.js';
import {
  agentsInForce,
  countAgentsInForce,
  countAssignments,
  countConventions,
  countDeadlines,
  countEntries,
  countMissions,
  countOpenMissions,
  countSessionsToCome,
  listAssignments,
  listConventions,
  listDeadlines,
  listEntries,
  listMissions,
  openMissions,
  type Page,
  projections,
  sessionsToCome,
} from './index.js';

/** A query, with a filter that lets some rows pass and keeps others out. */
interface Asked {
  readonly name: string;
  readonly rows: number;
  /** The rows behind a row, and the key of each. */
  page(sql: SqlExecutor, page: Page<never>): Promise<readonly (readonly [key: unknown, row: unknown])[]>;
  count(sql: SqlExecutor): Promise<number>;
}

const asked = <Filter, Row, Key>(
  rows: number,
  list: (sql: SqlExecutor, filter: Filter & Page<Key>) => Promise<readonly Row[]>,
  count: (sql: SqlExecutor, filter: Filter) => Promise<number>,
  filter: Filter,
  keyOf: (row: Row) => Key,
): Asked => ({
  name: list.name,
  rows,
  page: async (sql, page) => (await list(sql, { ...filter, ...page })).map((row) => [keyOf(row), row]),
  count: (sql) => count(sql, filter),
});

const whole = <Row>(row: Row): Row => row;
const queries: readonly Asked[] = [
  asked(5, listMissions, countMissions, { hostId }, ({ missionId }) => missionId),
  asked(4, openMissions, countOpenMissions, { skill: 'tutoring' }, ({ missionId }) => missionId),
  asked(3, listAssignments, countAssignments, { personId: ada, on: '2026-06-30' }, (row) => row.assignmentId),
  asked(6, listEntries, countEntries, { personId: ada, month: '2026-03' }, ({ entryId }) => entryId),
  asked(4, sessionsToCome, countSessionsToCome, { from: new Date('2026-03-04T00:00:00Z') }, whole),
  asked(6, listDeadlines, countDeadlines, { to: '2026-12-31', hostId }, whole),
  asked(4, listConventions, countConventions, { on: '2026-05-05', personId: ben }, ({ conventionId }) => conventionId),
  asked(6, agentsInForce, countAgentsInForce, { on: '2026-05-05', homeId }, whole),
];

const range = (n: number): readonly number[] => Array.from({ length: n }, (_, index) => index);

describe.each(engines)('every list on %s', (engine) => {
  let database: FreshDatabase;
  let sql: SqlExecutor;
  beforeAll(async () => {
    database = await openDatabase(engine);
    const bench = await beginBench(database, 'memory', programmeCodec);
    sql = bench.sql;
    const { record } = bench.log;
    for (const n of range(7)) {
      const skills = n === 0 ? ['water'] : ['tutoring'];
      await record(`mission-${id(400 + n)}`, m.proposed(n < 5 ? hostId : otherHostId, 2, skills));
      if (n < 5) await record(`mission-${id(400 + n)}`, m.approved, m.published);
    }
    for (const n of range(5)) {
      await record(`assignment-${id(500 + n)}`, a.assigned(n < 4 ? ada : ben, n === 0 ? '2026-05-31' : '2026-12-31'));
    }
    for (const n of range(9)) {
      const time: StreamName = `agenttime-${n < 7 ? ada : ben}`;
      await record(time, h.declared(id(600 + n), n === 0 ? '2026-04-01' : '2026-03-02', 60));
    }
    await record(`agenttime-${ada}`, agentTimeEvents.HoursWithdrawn.parse({ entryId: id(601) }));
    for (const n of range(6)) await record(`schedule-${id(500)}`, s.planned(id(700 + n), `2026-03-0${2 + n}`));
    const both = [
      [ada, adaJob],
      [ben, benJob],
    ] as const;
    for (const n of range(4)) {
      const stream: StreamName = `convention-${id(800 + n)}`;
      await record(stream, c.drafted('2026-08-31', both), c.submitted());
      for (const who of [ada, ben]) await record(stream, c.communicated(who), c.consented(who));
      if (n < 3) await record(stream, c.signedBy('home'), c.signedBy('host'), c.signed);
    }
    await record(`convention-${id(804)}`, c.drafted());
    const readModels = bench.open(projections, { codec: programmeCodec });
    await readModels.migrate();
    for (const name of readModels.names) expect(await readModels.advance(name)).toBe('idle');
  });
  afterAll(() => database.drop());

  describe.each(queries)('$name', ({ rows, page, count }) => {
    test('says how many there are', async () => {
      expect(await count(sql)).toBe(rows);
    });

    test('read page by page, is the list, row by row and in its order', async () => {
      const all = await page(sql, {});
      expect(all).toHaveLength(rows);
      const pages: unknown[] = [];
      for (let after: unknown; ; ) {
        // The key is that of a row of the same query.
        const found = await page(sql, { after: after as never, limit: 2 });
        pages.push(...found);
        if (found.length < 2) break;
        after = found.at(-1)?.[0];
      }
      expect(pages).toEqual(all);
    });

    test('gives at least one row a page, and at most a thousand', async () => {
      expect(await page(sql, { limit: -5 })).toHaveLength(1);
      expect(await page(sql, { limit: 1e9 })).toHaveLength(rows);
    });
  });
});
