import { type Catalogue, CommandMeta, EnvelopeSchema } from '@probono/domain';
import * as z from 'zod';

/** What comes out of `unrepresentable` schemas (transforms) is described by what goes in. */
const jsonSchema = (schema: z.ZodType): unknown =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', cycles: 'throw' });

/** JSON Schema of every command, by name, with the roles that may give it. */
export const commandSchemas = ({ handlers }: Catalogue): Record<string, unknown> => ({
  meta: jsonSchema(CommandMeta),
  commands: Object.fromEntries(
    Object.entries(handlers).map(([name, { spec }]) => [name, { roles: spec.roles, data: jsonSchema(spec.schema) }]),
  ),
});

/** JSON Schema of every version of every event ever released, by type, with its personal fields. */
export const eventSchemas = ({ events }: Catalogue): Record<string, unknown> => ({
  envelope: jsonSchema(EnvelopeSchema),
  events: Object.fromEntries(
    Object.entries(events).map(([type, { version, schema, past, personal }]) => [
      type,
      {
        version,
        personal: personal.map(({ path, subject }) => ({ path: path.join('.'), subject })),
        versions: Object.fromEntries([...past.map((old) => old.schema), schema].map((s, i) => [i + 1, jsonSchema(s)])),
      },
    ]),
  ),
});

/** An AsyncAPI 3 document of the log: a channel per category of streams, a message per event. */
export const asyncApi = ({ aggregates, events }: Catalogue): Record<string, unknown> => ({
  asyncapi: '3.0.0',
  info: { title: 'Pro Bono event log', version: '0.1.0', license: { name: 'EUPL-1.2' } },
  channels: Object.fromEntries(
    Object.values(aggregates).map(({ category, events: own }) => [
      category,
      {
        address: `${category}-{id}`,
        parameters: { id: { description: 'The id of the thing the stream belongs to.' } },
        messages: Object.fromEntries(Object.keys(own).map((type) => [type, { $ref: `#/components/messages/${type}` }])),
      },
    ]),
  ),
  operations: Object.fromEntries(
    Object.values(aggregates).map(({ category }) => [
      `read-${category}`,
      { action: 'receive', channel: { $ref: `#/channels/${category}` } },
    ]),
  ),
  components: {
    messages: Object.fromEntries(
      Object.entries(events).map(([type, { schema, version }]) => [
        type,
        { name: type, title: `${type} v${version}`, contentType: 'application/json', payload: jsonSchema(schema) },
      ]),
    ),
  },
});
