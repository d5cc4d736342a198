import type { Catalogue } from '@probono/domain';
import type { Arbitrary } from 'fast-check';
import { arbitraryOf, type Steering } from './arbitrary.js';

/**
 * Data that the command of this name takes, as a caller would write them.
 *
 * @throws when the catalogue has no such command
 * @example fc.assert(fc.property(commandData(domain, 'DeclareHours'), (data) => …));
 */
export const commandData = (catalogue: Catalogue, name: string, steering: Steering = {}): Arbitrary<unknown> => {
  const handler = catalogue.handlers[name];
  if (handler === undefined) throw new Error(`there is no command ${name}`);
  return arbitraryOf(handler.spec.schema, steering);
};

/**
 * Data that an event of this type takes in its version of today, as they would be given to `spec.parse`.
 *
 * @throws when the catalogue has no such event
 */
export const eventData = (catalogue: Catalogue, type: string, steering: Steering = {}): Arbitrary<unknown> => {
  const spec = catalogue.events[type];
  if (spec === undefined) throw new Error(`there is no event ${type}`);
  return arbitraryOf(spec.schema, steering);
};
