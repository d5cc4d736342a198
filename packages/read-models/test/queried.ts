import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { Fact, StreamName } from '@probono/domain';

import type { Codec, EventStore } from '@probono/event-store';
import type { SqlClient, SqlExecutor } from '@probono/sql';
import type { FreshDatabase } from '../../../test/support/databases.js';
import type { Projection, ReadModels } from '../src/index.js';
import { type Bench, beginBench, openDatabase } from './bench.js';
import type { Meta } from './log.js';
import { programmeCodec } from './programme.js';

/** A read model that is asked right after its facts were recorded. */
export interface Queried {
  readonly sql: SqlExecutor;
  readonly store: EventStore;
  readonly readModels: ReadModels;
  /** Records facts and brings the read model up to date; gives the position of the last. */
  tell(stream: StreamName, ...facts: readonly Fact[]): Promise<bigint>;
  tellAs(meta: Meta, stream: StreamName, ...facts: readonly Fact[]): Promise<bigint>;
  /** Records facts of many streams, in this order, and then brings the read model up to date. */
  tellAll(facts: readonly (readonly [stream: StreamName, fact: Fact])[]): Promise<void>;
}

/** One projection, anew for each test of the suite. */
export const queried = (
  engine: SqlClient['engine'],
  projection: Projection,
  codec: Codec = programmeCodec,
): (() => Queried) => {
  let database: FreshDatabase;
  let bench: Bench;
  let readModels: ReadModels;
  beforeAll(async () => {
    database = await openDatabase(engine);
  });
  beforeEach(async () => {
    bench = await beginBench(database, 'memory', codec);
    readModels = bench.open([projection], { codec });
    await readModels.migrate();
  });
  afterAll(() => database.drop());
  const catchUp = async (): Promise<void> => {
    const done = await readModels.advance(projection.name);
    const [status] = await readModels.status();
    if (done !== 'idle' || status?.parked !== 0) throw new Error(`${done}: ${status?.lastError}`);
  };
  const tellAs: Queried['tellAs'] = async (meta, stream, ...facts) => {
    const position = await bench.log.recordAs(meta, stream, ...facts);
    await catchUp();
    return position;
  };
  return () => ({
    sql: bench.sql,
    store: bench.store,
    readModels,
    tellAs,
    tell: (stream, ...facts) => tellAs({}, stream, ...facts),
    async tellAll(facts) {
      for (const [stream, fact] of facts) await bench.log.record(stream, fact);
      await catchUp();
    },
  });
};
