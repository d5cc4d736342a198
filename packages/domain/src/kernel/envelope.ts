import * as z from 'zod';
import { Instant, LocalDate } from '../time/types.js';
import { PersonId } from './identifiers.js';
import { personal } from './personal.js';

/** Who may act: each command lists the roles that may give it. */
export const Role = z.enum([
  'programme_officer',
  'agent',
  'manager',
  'hr',
  'tutor',
  'host_representative',
  'home_representative',
  'authority',
  'ethics_officer',
  'auditor',
  'system',
]);
export type Role = z.output<typeof Role>;

/** The one who acts: a person in a role, or the system (whose id names the worker). */
export const Actor = z.strictObject({
  id: z.union([PersonId, z.string().regex(/^system(:[a-z-]+)?$/)]),
  role: Role,
  onBehalfOf: PersonId.optional(),
});
export type Actor = z.output<typeof Actor>;

/** In which capacity, or by which delegation, someone acts; references, never names. */
export const Authority = z.strictObject({
  capacity: z.string().max(120),
  delegation: z.string().max(120).optional(),
});
export type Authority = z.output<typeof Authority>;

/** Facts of a finding: ids, dates, figures; never personal data. */
export type Facts = Readonly<Record<string, string | number | boolean | null | readonly (string | number)[]>>;

const facts = z.record(
  z.string().max(60),
  z.union([
    z.string().max(400),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(z.union([z.string().max(400), z.number()])).max(1000),
  ]),
);

/** What an accepted decision noted: a warning, or a rule that a written justification overcame. */
export const RecordedFinding = z.strictObject({
  rule: z.string().max(80),
  severity: z.enum(['justify', 'warn']),
  facts,
});

/** A stream that a decision read, with the last revision it saw. */
export interface StreamBasis {
  readonly stream: string;
  readonly revision: bigint | 'none';
}

/** A read model that gave a decision a figure, with how far in the log it had come. */
export interface ProjectionBasis {
  readonly projection: string;
  readonly position: bigint;
}

/** What a decision rests on beside its own stream: other streams, and figures of read models. */
export type Basis = StreamBasis | ProjectionBasis;

/** Free text about a person; under the key of the one who wrote it. */
const freeText = personal(z.string().min(1).max(4000), '@actor');

/** The fields of an envelope that a caller sets and that are validated at append. */
export const EnvelopeSchema = z.strictObject({
  eventId: z.uuid(),
  stream: z.string().regex(/^[a-z]+-[0-9a-f-]+$/),
  revision: z.int().nonnegative(),
  type: z.string().max(80),
  schemaVersion: z.int().positive(),
  recordedAt: Instant,
  effectiveOn: LocalDate,
  tenantId: z.string().min(1).max(80),
  actor: Actor,
  authority: Authority,
  reason: freeText.optional(),
  justification: freeText.optional(),
  commandId: z.uuid(),
  /** SHA-256 (hex) of the command without its personal fields: tells a repeated command from a reused id. */
  commandDigest: z.string().regex(/^[0-9a-f]{64}$/),
  correlationId: z.uuid(),
  causationId: z.uuid(),
  framework: z.strictObject({ id: z.string().max(40), version: z.int().positive() }).optional(),
  findings: z.array(RecordedFinding).max(100).optional(),
  basis: z
    .array(
      z.union([
        z.strictObject({ stream: z.string().max(80), revision: z.union([z.int().nonnegative(), z.literal('none')]) }),
        // Positions are the store's own and may outgrow a double: decimal digits.
        z.strictObject({ projection: z.string().min(1).max(80), position: z.string().regex(/^\d{1,20}$/) }),
      ]),
    )
    .max(2000),
});

/** What every event carries beside its data. */
export interface Envelope extends Omit<z.output<typeof EnvelopeSchema>, 'revision' | 'basis' | 'type' | 'findings'> {
  /** Counts from 0 within the stream. */
  readonly revision: bigint;
  /** The other streams, and the figures, that the decision read. */
  readonly basis: readonly Basis[];
  readonly findings?: readonly {
    readonly rule: string;
    readonly severity: 'justify' | 'warn';
    readonly facts: Facts;
  }[];
}
