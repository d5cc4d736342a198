// `pnpm bench [NAME…] [--json]`: figures of the built packages, each beside the floor it is judged by.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const known = ['fold', 'decide', 'append', 'read'];
const json = process.argv.includes('--json');
const names = process.argv.slice(2).filter((argument) => argument !== '--json' && argument !== '--');
const stop = (message) => {
  process.stderr.write(`bench: ${message}\n`);
  process.exit(2);
};

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
    results.push(...(await run()));
  } catch (error) {
    stop(`${name} failed: ${error instanceof Error ? error.message : error}`);
  }
}

if (json) process.stdout.write(`${JSON.stringify({ machine: machine(), results })}\n`);
else {
  const { cpu, cores, memoryGiB, system, node } = machine();
  process.stdout.write(`${cpu}, ${cores} cores, ${memoryGiB} GiB; ${system}; Node ${node}\n\n`);
  for (const { name, unit, value, floor, peer, ratioToFloor, ratioToPeer, fsync } of results) {
    const beside = peer === undefined ? '' : `, peer ${peer} (× ${ratioToPeer})`;
    const mode = fsync === undefined ? '' : `; fsync: ${fsync}`;
    process.stdout.write(`${name}: ${value} ${unit}, floor ${floor} (× ${ratioToFloor})${beside}${mode}\n`);
  }
}
