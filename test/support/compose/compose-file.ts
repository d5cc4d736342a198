import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';

const texts = z.array(z.string());
const bind = z.strictObject({
  type: z.literal('bind'),
  source: z.string(),
  target: z.string(),
  read_only: z.boolean().optional(),
  bind: z.strictObject({ create_host_path: z.literal(false) }),
});

/** A service as this project writes one: the part of the Compose specification that it uses, and no other key. */
const Service = z.strictObject({
  image: z.string(),
  build: z.strictObject({ context: z.string(), dockerfile: z.string() }).optional(),
  profiles: texts.min(1),
  user: z.string(),
  restart: z.enum(['unless-stopped', 'no']),
  init: z.literal(true),
  read_only: z.boolean().optional(),
  cap_drop: texts,
  security_opt: texts,
  networks: z.union([texts, z.record(z.string(), z.strictObject({ ipv4_address: z.ipv4() }))]),
  logging: z.strictObject({ driver: z.string(), options: z.record(z.string(), z.string()) }),
  tmpfs: texts.optional(),
  secrets: texts.optional(),
  stop_grace_period: z.string().optional(),
  stop_signal: z.string().optional(),
  shm_size: z.string().optional(),
  ulimits: z.record(z.string(), z.strictObject({ soft: z.number(), hard: z.number() })).optional(),
  entrypoint: texts.optional(),
  command: texts.optional(),
  env_file: texts.optional(),
  environment: z.record(z.string(), z.string()).optional(),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.literal('service_healthy') })).optional(),
  ports: texts.optional(),
  volumes: z.array(z.union([z.string(), bind])).optional(),
  healthcheck: z
    .strictObject({
      test: texts.min(2),
      interval: z.string(),
      timeout: z.string(),
      retries: z.number(),
      start_period: z.string().optional(),
    })
    .optional(),
  deploy: z.strictObject({
    resources: z.strictObject({
      limits: z.strictObject({ cpus: z.string(), memory: z.string().regex(/^\d+[MG]$/), pids: z.number() }),
    }),
  }),
});

const Compose = z.strictObject({
  name: z.string(),
  services: z.record(z.string(), Service),
  networks: z.record(z.string(), z.unknown()),
  volumes: z.record(z.string(), z.null()),
  secrets: z.record(z.string(), z.strictObject({ file: z.string() })),
});

/** One service of the compose file. */
export type ComposeService = z.infer<typeof Service>;

/** The compose file, anchors and merges resolved, as far as Compose itself looks at it. */
export const composeFile = (path: string): z.infer<typeof Compose> => {
  const content: unknown = parse(readFileSync(path, 'utf8'), { merge: true });
  const named = z.record(z.string(), z.unknown()).parse(content);
  return Compose.parse(Object.fromEntries(Object.entries(named).filter(([key]) => !key.startsWith('x-'))));
};
