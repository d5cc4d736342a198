// A process of its own, so that its memory is that of one rebuild: `node project-child.mjs URL PARTITIONS`.
import { setTimeout as wait } from 'node:timers/promises';
import { openReadModels, projections } from '../../packages/read-models/dist/index.js';
import { openLog } from './project-log.mjs';

const [url, partitions] = process.argv.slice(2);
const { sql, store, codec } = await openLog(url);
const readModels = openReadModels({
  ...{ sql, store, codec, projections, now: () => new Date() },
  partitions: Number(partitions),
});
await readModels.migrate();

const fill = async (name) => {
  // Another worker is at it: a service would look again at its next tick.
  for (;;) {
    const end = await readModels.advance(name);
    if (end !== 'busy') return end;
    await wait(200);
  }
};
const begun = Date.now();
// As a service does: a loop for each read model, side by side.
const ends = await Promise.all(readModels.names.map(fill));
const ended = Date.now();
const parked = (await readModels.status()).reduce((sum, status) => sum + status.parked, 0);
await sql.close();
const peakRssMiB = Math.round(process.resourceUsage().maxRSS / 1024);
if (parked > 0 || ends.some((end) => end !== 'idle')) throw new Error(`${ends}, ${parked} parked`);
process.stdout.write(JSON.stringify({ begun, ended, peakRssMiB }));
