import type { RecordedEvent } from '@eventstore/db-client';
import { describe, expect, test } from '@jest/globals';
import { sampleEvents } from '../../../test/support/event-store-stand-in/sample-events.js';
import { positionOf, toProposed } from './event.js';

describe('pre-serialised', () => {
  test('both parts of an event are plain bytes before the client gets it, so that none is left to fail or to be made JSON', () => {
    const [event] = sampleEvents(1);
    if (event === undefined) throw new Error('no event');
    for (const body of [event.body, Buffer.from([0xff, 0x00]), new Uint8Array(0)]) {
      const proposed = toProposed('mission-1', { ...event, body });
      expect(proposed.contentType).toBe('application/octet-stream');
      expect(proposed.data).toEqual(body);
      // A Buffer would be written as JSON by the client.
      expect(Object.getPrototypeOf(proposed.metadata)).toBe(Uint8Array.prototype);
    }
  });
});

describe('a position is the commit position', () => {
  const recorded = (position?: RecordedEvent['position']): RecordedEvent => ({
    ...{ id: 'e', streamId: 'mission-1', revision: 3n, type: 'Counted', isJson: false, created: new Date(0) },
    ...{ data: new Uint8Array(0), metadata: new Uint8Array(0) },
    ...(position && { position }),
  });

  test('where the prepare position equals it', () => {
    expect(positionOf(recorded({ commit: 7n, prepare: 7n }))).toBe(7n);
  });

  test('and an event where they differ is refused: it is of an explicit transaction', () => {
    expect(() => positionOf(recorded({ commit: 7n, prepare: 6n }))).toThrow(/mission-1\/3 .* explicit transaction/);
  });

  test.each([undefined, { commit: 2n ** 64n - 1n, prepare: 2n ** 64n - 1n }])(
    'and a server that gives none (%p) is too old',
    (position) => {
      expect(() => positionOf(recorded(position))).toThrow(
        /no position for mission-1\/3: EventStoreDB 23\.10 or later/,
      );
    },
  );
});
