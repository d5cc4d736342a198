import { openApplication } from '../../packages/application/dist/index.js';
import { simulation } from '../../packages/cli/dist/simulate/simulation.js';
import { domain, Instant, parseCommand } from '../../packages/domain/dist/index.js';
import { jsonCodec, memoryEventStore } from '../../packages/event-store/dist/index.js';

/** Marks personal values instead of encrypting them, so that whoever copies the log can find them. */
const marking = {
  seal: async (values) => values.map(({ value }) => ({ personal: value })),
  open: async (values) => values.map(({ value }) => value.personal),
};

/** Reads and writes bodies in which a personal value stands as `{ personal: … }`. */
export const markingCodec = jsonCodec({ events: domain.events, cipher: marking });

/** What `probono simulate` would write, as stored events in the order of the log, with {@link markingCodec}'s bodies. */
export const simulatedLog = async (size) => {
  const store = memoryEventStore({ now: () => new Date(0) });
  const application = openApplication({ store, codec: markingCodec, catalogue: domain, stateCache: 5000 });
  for (const { command, data, meta: given } of simulation(size)) {
    const { at, ...meta } = given;
    const defaults = { recordedAt: Instant.parse(at), commandId: meta.commandId };
    const parsed = parseCommand(domain, { command, data, meta }, defaults);
    if (!parsed.ok) throw new Error(`${command}: ${JSON.stringify(parsed.invalid)}`);
    await application.execute(parsed.command);
  }
  const log = [];
  for await (const event of store.readAll()) log.push(event);
  return log;
};
