import { describe, expect, test } from '@jest/globals';
import { someEvents } from '../conformance/arena.js';
import { conformanceCases } from '../conformance/cases.js';
import { Unavailable } from '../failure.js';
import { memoryEventStore } from './memory-event-store.js';

const now = () => new Date('2026-03-02T09:00:00.000Z');

describe('the memory store', () => {
  test.each(conformanceCases)('$name', async ({ run }) => {
    const store = memoryEventStore({ now });
    // One log for all that a case opens; closing one of them is not the end of the log.
    const views = () => ({ ...store, close: async () => {} });
    let first = true;
    await run(async () => {
      const opened = first ? store : views();
      first = false;
      return opened;
    });
  });
  test('takes the time of the append from its clock', async () => {
    const store = memoryEventStore({ now });
    await store.append('mission-1', 'none', someEvents(1));
    for await (const { storedAt } of store.readAll()) expect(storedAt).toBe('2026-03-02T09:00:00.000Z');
  });
  test('is not changed by what becomes of the bytes it was given or gave', async () => {
    const store = memoryEventStore({ now });
    const events = someEvents(1);
    await store.append('mission-1', 'none', events);
    events[0]?.body.fill(0);
    for await (const { body } of store.readAll()) body.fill(0);
    for await (const { body } of store.readAll()) expect(body[0]).not.toBe(0);
  });
  test('shows a reader what was appended while it read', async () => {
    const store = memoryEventStore({ now });
    await store.append('mission-1', 'none', someEvents(1));
    const revisions: bigint[] = [];
    for await (const { revision } of store.readAll()) {
      revisions.push(revision);
      if (revision < 3n) await store.append('mission-1', revision, someEvents(1));
    }
    expect(revisions).toEqual([0n, 1n, 2n, 3n]);
  });
  test('refuses an event that stands elsewhere in the log', async () => {
    const store = memoryEventStore({ now });
    const events = someEvents(1);
    await store.append('mission-1', 'none', events);
    await expect(store.append('mission-2', 'none', events)).rejects.toThrow(/in the log already/);
  });
  test('answers nothing once it is closed', async () => {
    const store = memoryEventStore({ now });
    await store.close();
    await expect(store.append('mission-1', 'none', someEvents(1))).rejects.toThrow(Unavailable);
    await expect(store.lastPosition()).rejects.toThrow(Unavailable);
  });
});
