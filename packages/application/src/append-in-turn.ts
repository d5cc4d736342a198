import type { Basis, Recorded, StreamName } from '@probono/domain';
import { type Conflict, Unavailable, UnknownOutcome } from '@probono/event-store';
import { type AppendedEvents, append } from './append.js';
import type { Batch } from './envelope.js';
import { appendBehind, giveBack, type ReservationParts, takes } from './reservation.js';

/**
 * Appends the batches of one decision where a store writes one stream at a time: first what takes something scarce,
 * so that nobody else can have it; then the command's own stream, which is the commit; then the rest. On a conflict
 * before the commit, what was taken is given back.
 *
 * @param stream the command's own stream
 */
export const appendInTurn = async (
  parts: ReservationParts,
  stream: StreamName,
  batches: readonly Batch[],
  basis: readonly Basis[],
): Promise<AppendedEvents | Conflict> => {
  const others = batches.filter((batch) => batch.stream !== stream);
  const reserving = others.filter(({ events }) => events.some((event) => takes(parts, event)));
  const written: Recorded[] = [];
  let position = 0n;
  for (const batch of reserving) {
    const result = await append(parts, [batch], []);
    if (result.outcome === 'conflict') {
      await giveBack(parts, stream, written);
      return result;
    }
    position = result.position;
    written.push(...batch.events);
  }

  const own = batches.filter((batch) => batch.stream === stream);
  if (own.length > 0) {
    const reserved = new Set<string>(reserving.map((batch) => batch.stream));
    const rest = basis.filter((read) => !('stream' in read && reserved.has(read.stream)));
    const result = await append(parts, own, rest);
    if (result.outcome === 'conflict') {
      await giveBack(parts, stream, written);
      return result;
    }
    position = result.position;
    written.push(...own.flatMap(({ events }) => events));
  }

  for (const batch of others) {
    if (reserving.includes(batch)) continue;
    try {
      const behind = await appendBehind(parts, batch);
      if (behind === undefined) continue;
      position = behind;
      written.push(...batch.events);
    } catch (error) {
      // The decision stands: the caller must not read that nothing happened.
      if (error instanceof Unavailable)
        throw new UnknownOutcome(`the command was carried out in part: ${error.message}`, { cause: error });
      throw error;
    }
  }
  return { outcome: 'appended', position, events: written };
};
