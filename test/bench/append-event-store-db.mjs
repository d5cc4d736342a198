import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { connect } from '../../packages/event-store-eventstoredb/dist/connection.js';
import { eventStoreDb } from '../../packages/event-store-eventstoredb/dist/index.js';
import { agentTimeLog } from './agent-time-log.mjs';
import { alternate, race } from './measure.mjs';

const { binaryEvent } = createRequire(import.meta.url)('@eventstore/db-client');

const folder = resolve(import.meta.dirname, '../support/event-store-stand-in');

/** The stand-in in a process of its own: an event store in memory that speaks the protocol. */
const startStandIn = async () => {
  const compiler = resolve(import.meta.dirname, '../../node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '--project', folder], { stdio: 'ignore' });
  const server = spawn(process.execPath, [resolve(folder, 'dist/main.js'), '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((done) => server.once('exit', done));
  const stop = async () => {
    server.kill('SIGTERM');
    await ended;
  };
  for await (const line of createInterface(server.stdout)) if (line.startsWith('esdb:')) return { url: line, stop };
  throw new Error('the stand-in of EventStoreDB did not start');
};

const [writers, each] = [8, 100];

/**
 * One event with its expected revision, eight writers, each to streams of its own, to a stand-in in another process.
 * Floor: the bare client with the same work on the wire, the same connection included: event id, type, body and
 * metadata, expected revision and deadline, each append a call of its own. Peer: the bare client's own choice, all
 * appends over one long call, where the failure of one takes others with it.
 */
export const appendToEventStoreDb = async () => {
  const { url, stop } = await startStandIn();
  const store = eventStoreDb(url);
  const { client, credentials, release } = connect(url);
  try {
    const [, sample] = agentTimeLog(2);
    const subject = async (stream, revision) => {
      const expected = revision === 0 ? 'none' : BigInt(revision - 1);
      const result = await store.append(stream, expected, [{ ...sample, eventId: randomUUID() }]);
      if (result.outcome !== 'appended') throw new Error(`not appended: ${JSON.stringify(result, String)}`);
    };
    const { type, schemaVersion, recordedAt, body } = sample;
    const bare = (options) => async (stream, revision) => {
      const metadata = Buffer.from(JSON.stringify({ stream, type, schemaVersion, recordedAt }));
      const expectedRevision = revision === 0 ? 'no_stream' : BigInt(revision - 1);
      const event = binaryEvent({ id: randomUUID(), type, data: body, metadata });
      await client.appendToStream(stream, [event], { expectedRevision, deadline: 10_000, ...options });
    };
    const result = await alternate({
      ...{ name: 'append eventstoredb', unit: 'events/s' },
      subject: race(writers, each, subject),
      floor: race(writers, each, bare({ credentials })),
      peer: race(writers, each, bare({})),
    });
    return [{ ...result, writers, fsync: 'in memory' }];
  } finally {
    await store.close();
    await release();
    await stop();
  }
};
