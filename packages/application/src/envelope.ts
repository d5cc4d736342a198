import {
  type Accepted,
  type Basis,
  type Command,
  type Destined,
  Instant,
  type Recorded,
  type StreamName,
} from '@probono/domain';
import type { ExpectedRevision } from '@probono/event-store';
import { v5 } from 'uuid';

/** The events of one stream, in their envelopes, and the revision they follow. */
export interface Batch {
  readonly stream: StreamName;
  readonly expected: ExpectedRevision;
  readonly events: readonly Recorded[];
}

/**
 * Puts every fact of an accepted decision into its envelope, stream by stream, in the order of first mention. Where a
 * decision is appended `inTurn`, a part of it may stand when it is taken again: then ids also tell where in its stream
 * a fact was meant to be.
 */
export const envelop = (
  command: Command,
  digest: string,
  decision: Accepted,
  basis: readonly Basis[],
  versionOf: (type: string) => number,
  inTurn = false,
): readonly Batch[] => {
  const { meta, recordedAt } = command;
  const streams = basis.filter((read) => 'stream' in read);
  const batches = new Map<StreamName, { expected: ExpectedRevision; events: Recorded[] }>();
  const record = ({ type, data, stream }: Destined, index: number): void => {
    const expected = streams.find((read) => read.stream === stream)?.revision ?? 'none';
    const batch = batches.get(stream) ?? { expected, events: [] };
    batches.set(stream, batch);
    const revision = (expected === 'none' ? 0n : expected + 1n) + BigInt(batch.events.length);
    batch.events.push({
      type,
      data,
      eventId: v5(inTurn ? `${index}@${stream}/${revision}` : String(index), meta.commandId),
      stream,
      revision,
      schemaVersion: versionOf(type),
      recordedAt: Instant.parse(recordedAt),
      effectiveOn: decision.effectiveOn,
      tenantId: meta.tenantId,
      actor: meta.actor,
      authority: meta.authority ?? { capacity: meta.actor.role },
      commandId: meta.commandId,
      commandDigest: digest,
      correlationId: meta.correlationId ?? meta.commandId,
      causationId: meta.causationId ?? meta.commandId,
      basis: basis.filter((read) => !('stream' in read && read.stream === stream)),
      ...(meta.reason === undefined ? {} : { reason: meta.reason }),
      ...(meta.justification === undefined ? {} : { justification: meta.justification }),
      ...(decision.framework === undefined ? {} : { framework: decision.framework }),
      ...(decision.findings.length === 0
        ? {}
        : {
            findings: decision.findings.map(({ rule, severity, facts }) => ({
              rule,
              severity: severity === 'justify' ? ('justify' as const) : ('warn' as const),
              facts,
            })),
          }),
    });
  };
  decision.events.forEach(record);
  return [...batches].map(([stream, batch]) => ({ stream, ...batch }));
};
