// A process of its own, so that its memory is that of one read: `node memory-child.mjs URL`.
import { domain } from '../../packages/domain/dist/index.js';
import { jsonCodec } from '../../packages/event-store/dist/index.js';
import { postgresEventStore } from '../../packages/event-store-postgres/dist/index.js';
import { openSql } from '../../packages/sql/dist/index.js';

const sql = await openSql(process.argv[2]);
const codec = jsonCodec({ events: domain.events });
let [batch, events] = [[], 0];
const decode = async () => {
  events += (await codec.decode(batch)).filter((event) => !('unknown' in event)).length;
  batch = [];
};
for await (const event of postgresEventStore(sql).readAll()) if (batch.push(event) === 500) await decode();
await decode();
await sql.close();
process.stdout.write(JSON.stringify({ events, peakRssMiB: Math.round(process.resourceUsage().maxRSS / 1024) }));
