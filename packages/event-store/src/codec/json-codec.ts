import type { EventSpec } from '@probono/domain';
import type { Codec, FieldCipher } from '../codec.js';
import { decodeEvents, shapeOf } from './decode.js';
import { encodeEvents } from './encode.js';

/** What a codec is made of. */
export interface JsonCodecOptions {
  /** Every type of event the codec knows, by its type. */
  readonly events: Readonly<Record<string, EventSpec>>;
  /** Encrypts personal fields. Without it an event that holds personal values is neither written nor read. */
  readonly cipher?: FieldCipher;
}

/**
 * The codec of the log: canonical JSON (RFC 8785) of envelope and data, personal values encrypted.
 *
 * Writing validates in full. Reading trusts what was written: it looks at the form of the envelope only, opens personal
 * values in one batch and brings older versions up to date. An upcaster sees clear values, or `Erased` markers.
 *
 * @example
 * const codec = jsonCodec({ events: conventionEvents, cipher });
 * await store.append(stream, 'none', await codec.encode(recorded));
 */
export const jsonCodec = ({ events, cipher }: JsonCodecOptions): Codec => {
  const specs = new Map(Object.values(events).map((spec) => [spec.type, spec]));
  const shapes = new Map(Object.values(events).map((spec) => [spec.type, shapeOf(spec)]));
  return {
    encode: (batch) => encodeEvents(specs, cipher, batch),
    decode: (batch, { personal } = {}) => decodeEvents(shapes, personal === 'closed' ? 'closed' : cipher, batch),
  };
};
