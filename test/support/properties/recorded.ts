import { type Catalogue, EnvelopeSchema, type Recorded } from '@probono/domain';
import { arbitraryOf, eventData } from '@probono/testing';
import fc, { type Arbitrary } from 'fast-check';

const envelope = arbitraryOf(EnvelopeSchema);
const person = fc.uuid({ version: 7 });

/** Events of a type in envelopes of every form; the first of a stream of their own. */
export const recorded = (catalogue: Catalogue, type: string): Arbitrary<Recorded> => {
  const spec = catalogue.events[type];
  const aggregate = Object.values(catalogue.aggregates).find(({ events }) => type in events);
  if (spec === undefined || aggregate === undefined) throw new Error(`there is no event ${type}`);
  return fc.record({ envelope, data: eventData(catalogue, type), id: person, author: person }).map((given) => {
    const { basis, actor, ...rest } = EnvelopeSchema.parse(given.envelope);
    const { reason, justification, ...bare } = rest;
    // Free text has an author: no system writes it.
    const writes = [reason, justification].some(Boolean) || spec.personal.some(({ subject }) => subject === '@actor');
    return {
      ...rest,
      ...(writes ? {} : bare),
      actor: writes ? { ...actor, id: given.author } : actor,
      type,
      data: spec.schema.parse(given.data),
      schemaVersion: spec.version,
      stream: `${aggregate.category}-${given.id}`,
      revision: 0n,
      basis: basis.map((read) =>
        'stream' in read
          ? { stream: read.stream, revision: typeof read.revision === 'number' ? BigInt(read.revision) : 'none' }
          : { projection: read.projection, position: BigInt(read.position) },
      ),
    } as Recorded; // every field comes from the schema of envelopes
  });
};
