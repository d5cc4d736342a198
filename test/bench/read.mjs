import { eventStoreMigrations, postgresEventStore } from '../../packages/event-store-postgres/dist/index.js';
import { migrate } from '../../packages/sql/dist/index.js';
import { agentTimeLog, codec, stream } from './agent-time-log.mjs';
import { onEachEngine } from './databases.mjs';
import { alternate, perSecond } from './measure.mjs';

const [events, page] = [10_000, 500];
const select = `SELECT position, stream, revision, event_id, type, schema_version, recorded_at, stored_at, body
  FROM probono.events WHERE position > $1 ORDER BY position LIMIT ${page}`;

/** The whole log, decoded, against the bare SELECT of the same rows in pages of the same size. */
export const read = () =>
  onEachEngine(async (sql, { engine, fsync }) => {
    await migrate(sql, 'event-store', eventStoreMigrations);
    const store = postgresEventStore(sql);
    const log = agentTimeLog(events);
    for (let from = 0; from < events; from += page)
      await store.append(stream, from === 0 ? 'none' : BigInt(from - 1), log.slice(from, from + page));

    const subject = async () => {
      let count = 0;
      let batch = [];
      const decode = async () => {
        count += (await codec.decode(batch)).filter((event) => !('unknown' in event)).length;
        batch = [];
      };
      for await (const event of store.readAll()) if (batch.push(event) === page) await decode();
      await decode();
      if (count !== events) throw new Error(`${count} events were read instead of ${events}`);
    };
    const floor = async () => {
      let after = 0n;
      for (;;) {
        const rows = await sql.query(select, [after]);
        if (rows.length === 0) return;
        after = rows.at(-1).position;
      }
    };
    const result = await alternate({
      ...{ name: `read ${engine}`, unit: 'events/s' },
      subject: () => perSecond(events, subject),
      floor: () => perSecond(events, floor),
    });
    await store.close();
    return { ...result, fsync: engine === 'pglite' ? 'in memory' : fsync };
  });
