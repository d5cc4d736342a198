import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { domain } from '@probono/domain';
import * as z from 'zod';
import { commandSchemas, eventSchemas } from './schema.js';

const examples = resolve(import.meta.dirname, '../../../../docs/examples');

describe('the JSON Schemas', () => {
  const commands = commandSchemas(domain).commands as Record<string, { data: z.core.JSONSchema.JSONSchema }>; // its shape
  const events = eventSchemas(domain).events as Record<
    string,
    { versions: Record<string, z.core.JSONSchema.JSONSchema> }
  >; // its shape

  test('of all commands and events can be read as schemas', () => {
    const all = [
      ...Object.entries(commands).map(([name, { data }]) => [name, data] as const),
      ...Object.entries(events).flatMap(([name, { versions }]) =>
        Object.values(versions).map((v) => [name, v] as const),
      ),
    ];
    const broken = all.filter(([, schema]) => {
      try {
        z.fromJSONSchema(schema);
        return false;
      } catch {
        return true;
      }
    });
    expect(broken.map(([name]) => name)).toEqual([]);
  });

  test('of commands take every line of the examples, and no misspelt field', () => {
    const files = readdirSync(examples).filter((name) => name.endsWith('.ndjson'));
    const lines = files.flatMap((file) => readFileSync(join(examples, file), 'utf8').trimEnd().split('\n'));
    expect(lines.length).toBeGreaterThan(400);
    const schemas = new Map(Object.entries(commands).map(([name, { data }]) => [name, z.fromJSONSchema(data)]));
    const odd = lines.filter((line) => {
      const { command, data } = JSON.parse(line);
      const schema = schemas.get(command);
      return !schema?.safeParse(data).success || schema.safeParse({ ...data, dta: 1 }).success;
    });
    expect(odd).toEqual([]);
  });
});
