import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type EventStore, Unavailable } from '@probono/event-store';
import { type Certificates, makeCertificates } from '../../../test/support/event-store-stand-in/certificates.js';
import { sampleEvents } from '../../../test/support/event-store-stand-in/sample-events.js';
import { type StandIn, startStandIn } from '../../../test/support/event-store-stand-in/stand-in.js';
import { eventStoreDb } from './event-store-db.js';

let directory: string;
let stranger: Certificates;
let standIn: StandIn;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'probono-certificates-'));
  const folders = [join(directory, 'own'), join(directory, 'stranger')] as const;
  for (const folder of folders) await mkdir(folder);
  stranger = await makeCertificates(folders[1]);
  standIn = await startStandIn({ certificates: await makeCertificates(folders[0]) });
});
afterAll(async () => {
  await standIn.stop();
  await rm(directory, { recursive: true, force: true });
});

const stores: EventStore[] = [];
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});
const openAt = (url: string): EventStore => {
  const store = eventStoreDb(url, { timeoutMs: 2_000 });
  stores.push(store);
  return store;
};
const drain = async (items: AsyncIterable<unknown>): Promise<void> => {
  for await (const _ of items);
};

describe('accounts', () => {
  test.each([
    ['a wrong password', { name: 'probono', password: 'geheim!' }],
    ['an unknown user', { name: 'nobody', password: 'geheim!' }],
  ])('%s: one line names the user and the server, never the password', async (_, account) => {
    const store = openAt(standIn.url(account));
    const line = new RegExp(`localhost:\\d+ does not know the user ${account.name}, or not with this password`);
    for (const work of [
      () => store.append('mission-1', 'none', sampleEvents(1)),
      () => store.streamInfo('mission-1'),
      () => drain(store.readAll()),
      () => drain(store.subscribe()),
    ]) {
      const failure = await work().catch((error: unknown) => error);
      expect(failure).not.toBeInstanceOf(Unavailable);
      expect(String(failure)).toMatch(line);
      expect(String(failure)).not.toContain('geheim');
    }
  });

  test('a read-only account reads, and is told that it may not write', async () => {
    await openAt(standIn.url()).append('mission-2', 'none', sampleEvents(1));
    const store = openAt(standIn.url({ name: 'reader', password: 'regarder' }));
    expect(await store.streamInfo('mission-2')).toEqual({ stream: 'mission-2', revision: 0n });
    await expect(store.append('mission-2', 0n, sampleEvents(1))).rejects.toThrow(
      /nothing was appended to mission-2: .* does not let the user reader do this/,
    );
  });

  test('an account that may not read the whole log is told so', async () => {
    const writer = { name: 'writer', password: 'x', groups: ['writers'] };
    const own = await startStandIn({ accounts: [writer] });
    try {
      await expect(drain(openAt(own.url()).readAll())).rejects.toThrow(/the log cannot be read: .* do this/);
    } finally {
      await own.stop();
    }
  });
});

describe('certificates and addresses', () => {
  const trusting = (caFile: string | undefined) =>
    standIn.url().replace(/&tlsCAFile=.*/, caFile ? `&tlsCAFile=${encodeURIComponent(caFile)}` : '');

  test.each([
    ['of an authority that is not trusted', () => trusting(undefined)],
    ['of another authority than the one given', () => trusting(stranger.caFile)],
  ])('a certificate %s is named as the reason', async (_, url) => {
    const append = openAt(url()).append('mission-1', 'none', sampleEvents(1));
    const failure = await append.catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Unavailable);
    expect(String(failure)).toMatch(
      /the certificate of localhost:\d+ is not trusted .*give its authority with tlsCAFile/,
    );
  });

  test('a missing certificate file is named', () => {
    expect(() => openAt(trusting('/nowhere/ca.crt'))).toThrow(/localhost:\d+ cannot be used: .*certificate/);
  });

  test('a server that is not there is Unavailable', async () => {
    const gone = await startStandIn();
    await gone.stop();
    const store = openAt(gone.url());
    await expect(store.append('mission-1', 'none', sampleEvents(1))).rejects.toThrow(Unavailable);
    await expect(store.lastPosition()).rejects.toThrow(Unavailable);
  });

  test('a plain connection to a server that wants TLS is Unavailable', async () => {
    const store = openAt(`esdb://127.0.0.1:${standIn.port}?tls=false`);
    await expect(store.streamInfo('mission-1')).rejects.toThrow(Unavailable);
  });
});

describe('what this store cannot do', () => {
  test('several streams, checks and buckets are refused before anything is sent', async () => {
    const store = openAt(standIn.url());
    const to = (stream: 'mission-7' | 'mission-8') => ({ stream, expected: 'none' as const, events: sampleEvents(1) });
    await expect(store.appendAll([to('mission-7'), to('mission-8')])).rejects.toThrow(/several streams at once/);
    const checks = [{ stream: 'mission-8' as const, revision: 'none' as const }];
    await expect(store.append('mission-7', 'none', sampleEvents(1), { checks })).rejects.toThrow(/check other streams/);
    expect(() => store.readAll({ buckets: [1] })).toThrow(/by bucket/);
    expect(await store.streamInfo('mission-7')).toBeUndefined();
    expect(await store.appendAll([to('mission-7')])).toMatchObject({ outcome: 'appended', revision: 0n });
  });
});
