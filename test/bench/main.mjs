// `pnpm bench [NAME…] [--json] [--events N]`: figures of the built packages, each beside the floor it is judged by.
// `--events` is for those that write a log of their own (memory, project).
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

const known = ['fold', 'decide', 'append', 'read', 'memory', 'project'];
const stop = (message) => {
  process.stderr.write(`bench: ${message}\n`);
  process.exit(2);
};

let values;
let names;
try {
  const options = { json: { type: 'boolean', default: false }, events: { type: 'string' } };
  ({ values, positionals: names } = parseArgs({ options, allowPositionals: true }));
} catch (error) {
  stop(error.message);
}
const { json } = values;
const events = values.events === undefined ? undefined : Number(values.events);
if (events !== undefined && !(Number.isSafeInteger(events) && events >= 1000))
  stop('--events: expected a whole number from 1000');

const unknown = names.find((name) => !known.includes(name));
if (unknown !== undefined) stop(`there is no benchmark ${unknown}; there are ${known.join(', ')}`);
if (!existsSync(resolve(import.meta.dirname, '../../packages/event-store-postgres/dist/index.js')))
  stop('the packages are not built: run `pnpm build` first');

const { machine } = await import('./measure.mjs');
const results = [];
for (const name of names.length === 0 ? known : names) {
  if (!json) process.stderr.write(`bench: ${name} …\n`);
  try {
    const { [name]: run } = await import(`./${name}.mjs`);
    results.push(...(await run(events === undefined ? {} : { events })));
  } catch (error) {
    stop(`${name} failed: ${error instanceof Error ? error.message : error}`);
  }
}

if (json) process.stdout.write(`${JSON.stringify({ machine: machine(), results })}\n`);
else {
  const { cpu, cores, memoryGiB, system, node } = machine();
  process.stdout.write(`${cpu}, ${cores} cores, ${memoryGiB} GiB; ${system}; Node ${node}\n\n`);
  for (const { name, unit, value, floor, peer, ratioToFloor, ratioToPeer, fsync } of results) {
    const bare = floor === undefined ? '' : `, floor ${floor} (× ${ratioToFloor})`;
    const beside = peer === undefined ? '' : `, peer ${peer} (× ${ratioToPeer})`;
    const mode = fsync === undefined ? '' : `; fsync: ${fsync}`;
    process.stdout.write(`${name}: ${value} ${unit}${bare}${beside}${mode}\n`);
  }
}
