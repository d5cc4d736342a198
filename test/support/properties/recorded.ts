import { EnvelopeSchema, type EventSpec, type Recorded } from '@probono/domain';
import { arbitraryOf } from '@probono/testing';
import fc, { type Arbitrary } from 'fast-check';
import { seedOfRun } from './cases.js';

/** Envelopes of every form: a stock of them, since generating one costs more than all else. */
const envelopes = fc
  .sample(arbitraryOf(EnvelopeSchema), { numRuns: 500, seed: seedOfRun() })
  .map((one) => EnvelopeSchema.parse(one));
const person = fc.uuid({ version: 7 });

/** Events of a type, of the version that `spec` is of, in envelopes of every form; the first of a stream of their own. */
export const recorded = (category: string, spec: EventSpec): Arbitrary<Recorded> =>
  fc
    .record({ envelope: fc.constantFrom(...envelopes), data: arbitraryOf(spec.schema), id: person, author: person })
    .map((given) => {
      const { basis, actor, ...rest } = given.envelope;
      const { reason, justification, ...bare } = rest;
      // Free text has an author: no system writes it.
      const writes = [reason, justification].some(Boolean) || spec.personal.some(({ subject }) => subject === '@actor');
      return {
        ...rest,
        ...(writes ? {} : bare),
        actor: writes ? { ...actor, id: given.author } : actor,
        type: spec.type,
        data: spec.schema.parse(given.data),
        schemaVersion: spec.version,
        stream: `${category}-${given.id}`,
        revision: 0n,
        basis: basis.map((read) =>
          'stream' in read
            ? { stream: read.stream, revision: typeof read.revision === 'number' ? BigInt(read.revision) : 'none' }
            : { projection: read.projection, position: BigInt(read.position) },
        ),
      } as Recorded; // every field comes from the schema of envelopes
    });
