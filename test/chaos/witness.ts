import type { Projection } from '@probono/read-models';

/**
 * A projection that watches the runner: of every stream, how many events it was given, and how many that did not
 * follow the one before. An event that is folded twice, left out or out of order shows for good.
 */
export const witnessOf = (types: readonly string[]): Projection => ({
  name: 'witness',
  version: 1,
  types,
  tables: [
    {
      name: 'streams',
      key: ['stream'],
      columns: { stream: 'text', revision: 'bigint', seen: 'bigint', disorder: 'integer' },
    },
  ],
  partitioned: true,
  onFailure: 'park',
  fold({ stream, revision }, rows) {
    const row = rows.get('streams', stream);
    const follows = revision === BigInt(String(row?.revision ?? -1)) + 1n;
    rows.put('streams', {
      stream,
      revision,
      seen: BigInt(String(row?.seen ?? 0)) + 1n,
      disorder: Number(row?.disorder ?? 0) + (follows ? 0 : 1),
    });
  },
  keys: ({ stream }) => [{ table: 'streams', key: [stream] }],
});

/** The event of this command cannot be folded by this projection. */
export interface Poison {
  readonly projection: string;
  readonly commandId: string;
}

/** The projection as it is before its author mends it. */
export const poisoned = (projection: Projection, { commandId }: Poison): Projection => ({
  ...projection,
  fold(event, rows) {
    if (event.commandId === commandId) throw new RangeError('a planted mistake');
    projection.fold(event, rows);
  },
});
