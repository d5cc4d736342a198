// pnpm event-store:stand-in [--port 2113] [--tls DIR] [--projections]
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeCertificates } from './certificates.js';
import { startStandIn } from './stand-in.js';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '2113' },
    tls: { type: 'string' },
    projections: { type: 'boolean', default: false },
  },
});

const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  process.stderr.write(`--port ${values.port} is no port: give a number from 0 to 65535\n`);
  process.exit(2);
}
const directory = values.tls === undefined ? undefined : resolve(values.tls);
if (directory !== undefined) await mkdir(directory, { recursive: true });
const certificates = directory === undefined ? undefined : await makeCertificates(directory);
const standIn = await startStandIn({ port, projections: values.projections, ...(certificates && { certificates }) });
process.stdout.write(
  `An event store in memory, for tests and trials: it forgets everything when it ends.\n${standIn.url()}\n`,
);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void standIn.stop());
