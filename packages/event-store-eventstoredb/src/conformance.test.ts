import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { conformanceCasesFor } from '@probono/event-store';
import { makeCertificates } from '../../../test/support/event-store-stand-in/certificates.js';
import { type StandIn, startStandIn } from '../../../test/support/event-store-stand-in/stand-in.js';
import { eventStoreDb } from './event-store-db.js';

const capabilities = { checks: false, multiStream: false, buckets: false };
const cases = conformanceCasesFor(capabilities);
const realUrl = process.env.PROBONO_TEST_EVENTSTOREDB_URL;

describe.each(['TCP', 'TLS'])('the event store on the stand-in over %s', (transport) => {
  let standIn: StandIn;
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'probono-certificates-'));
    const secure = transport === 'TLS' && { certificates: await makeCertificates(directory) };
    standIn = await startStandIn({ projections: true, ...secure });
  });
  afterAll(async () => {
    await standIn.stop();
    await rm(directory, { recursive: true, force: true });
  });

  test.each(cases)('$name', ({ run }) => run(async () => eventStoreDb(standIn.url())));

  test('leaves no connection open once its stores are closed', async () => {
    const deadline = Date.now() + 5000;
    while (standIn.connections() > 0 && Date.now() < deadline) await new Promise(setImmediate);
    expect(standIn.connections()).toBe(0);
  });
  test('claims what it can do, so that every case that concerns it runs', () => {
    expect(eventStoreDb(standIn.url()).capabilities).toEqual(capabilities);
  });
});

(realUrl ? describe : describe.skip)('the event store on the server of PROBONO_TEST_EVENTSTOREDB_URL', () => {
  test.each(cases)('$name', ({ run }) => run(async () => eventStoreDb(realUrl ?? '')));
});
