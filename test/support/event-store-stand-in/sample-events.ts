import { randomUUID } from 'node:crypto';

/** Events with ids of their own, ready to be appended by any adapter. */
export const sampleEvents = (count: number, type = 'Counted') =>
  Array.from({ length: count }, (_, index) => ({
    eventId: randomUUID(),
    type,
    schemaVersion: 2,
    recordedAt: '2026-03-02T09:00:00.000Z',
    body: Buffer.from(JSON.stringify({ index, text: 'été' })),
  }));
