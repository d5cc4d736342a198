import { type Fact, Instant, LocalDate, type Recorded, type Role, type StreamName } from '@probono/domain';
import { type Codec, type EventStore, memoryEventStore } from '@probono/event-store';
import { migrate, type SqlClient } from '@probono/sql';
import { eventStoreMigrations, postgresEventStore } from '../../event-store-postgres/src/index.js';

/** The kinds of store that read models are tried on. */
export type StoreKind = 'memory' | 'postgres';

/** A store: in memory, or in the very database where the read models lie. */
export const openStore = async (kind: StoreKind, sql: SqlClient): Promise<EventStore> => {
  if (kind === 'memory') return memoryEventStore({ now: () => new Date('2026-03-02T09:00:00Z') });
  await migrate(sql, 'event-store', eventStoreMigrations);
  return postgresEventStore(sql, { now: () => new Date('2026-03-02T09:00:00Z') });
};

/** Who recorded a fact, and when, as far as it matters. */
export interface Meta {
  readonly actor?: string;
  readonly recordedAt?: string;
  readonly effectiveOn?: string;
  readonly role?: Role;
  readonly commandId?: string;
  readonly basis?: Recorded['basis'];
  readonly findings?: Recorded['findings'];
}

/** Appends facts to streams of a store, one by one or many at once. */
export interface Log {
  record(stream: StreamName, ...facts: readonly Fact[]): Promise<bigint>;
  recordAs(meta: Meta, stream: StreamName, ...facts: readonly Fact[]): Promise<bigint>;
}

/** Writes facts with envelopes that say as little as they may. */
export const logOf = (store: EventStore, codec: Codec): Log => {
  const revisions = new Map<string, bigint>();
  let count = 0;
  const recordAs = async (meta: Meta, stream: StreamName, ...facts: readonly Fact[]): Promise<bigint> => {
    const last = revisions.get(stream) ?? -1n;
    const events = facts.map((fact, index) => recorded(meta, stream, last + 1n + BigInt(index), fact, ++count));
    const result = await store.append(stream, last < 0n ? 'none' : last, await codec.encode(events));
    if (result.outcome !== 'appended') throw new Error(`${stream} was written by someone else`);
    revisions.set(stream, result.revision);
    return result.position;
  };
  return { recordAs, record: (stream, ...facts) => recordAs({}, stream, ...facts) };
};

const recorded = (meta: Meta, stream: StreamName, revision: bigint, fact: Fact, count: number): Recorded => {
  const recordedAt = Instant.parse(meta.recordedAt ?? '2026-03-02T09:00:00Z');
  const id = `00000000-0000-5000-8000-${String(count).padStart(12, '0')}`;
  return {
    ...fact,
    eventId: id,
    stream,
    revision,
    schemaVersion: 1,
    recordedAt,
    effectiveOn: LocalDate.parse(meta.effectiveOn ?? recordedAt.slice(0, 10)),
    tenantId: 'default',
    actor: { id: meta.actor ?? 'system', role: meta.role ?? 'system' },
    authority: { capacity: 'system' },
    commandId: meta.commandId ?? id,
    commandDigest: '0'.repeat(64),
    correlationId: id,
    causationId: id,
    basis: meta.basis ?? [],
    ...(meta.findings === undefined ? {} : { findings: meta.findings }),
  };
};
