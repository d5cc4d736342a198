// Replays example lines by the built domain alone, and prints SHA-256 of everything that came of it. What a pure
// domain must not look at is taken away before its code runs.
import { readFileSync } from 'node:fs';

const lines = JSON.parse(readFileSync(0, 'utf8'));
const { stdout } = process;
const { domain, answer, decideWith, digestOf, fold, parseCommand, streamName } = await import(
  '../../../packages/domain/dist/index.js'
);

const forbidden = (name) => () => {
  throw new Error(`the domain looked at ${name}`);
};
const Real = Date;
const here = ['getFullYear', 'getMonth', 'getDate', 'getDay', 'getHours', 'getMinutes', 'getTimezoneOffset'];
for (const name of [...here, 'toLocaleString', 'toLocaleDateString', 'toLocaleTimeString', 'toString'])
  Real.prototype[name] = forbidden(`Date.prototype.${name}`);
/** Only what stands on a given value: no clock, and no fields of the machine's own zone. */
globalThis.Date = new Proxy(Real, {
  apply: forbidden('Date()'),
  construct(target, given, self) {
    if (given.length !== 1) forbidden("new Date() or a date of the machine's zone")();
    return Reflect.construct(target, given, self);
  },
});
Real.now = forbidden('Date.now');
const Format = Intl.DateTimeFormat;
Intl.DateTimeFormat = class extends Format {
  constructor(locale, options) {
    if (locale === undefined || options?.timeZone === undefined) forbidden('the default locale or zone')();
    super(locale, options);
  }
};
Math.random = forbidden('Math.random');
String.prototype.localeCompare = forbidden('localeCompare');
String.prototype.toLocaleLowerCase = forbidden('toLocaleLowerCase');
String.prototype.toLocaleUpperCase = forbidden('toLocaleUpperCase');
Number.prototype.toLocaleString = forbidden('toLocaleString');
for (const name of [
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'performance',
  'crypto',
  'process',
  'require',
])
  Object.defineProperty(globalThis, name, { get: forbidden(name), configurable: true });

const streams = new Map();
const told = [];
const stateOf = ({ aggregate, id }) => fold(aggregate, streams.get(streamName(aggregate.category, id)) ?? []);
for (const { at, command, data, meta } of lines) {
  const recordedAt = new Real(at).toISOString();
  const parsed = parseCommand(domain, { command, data, meta }, { recordedAt, commandId: meta.commandId });
  if (!parsed.ok) {
    told.push({ command, invalid: parsed.invalid });
    continue;
  }
  const decision = answer(decideWith(domain.handlers[command], domain.rules, parsed.command), stateOf);
  told.push({ command, decision });
  if (!decision.accepted) continue;
  const { actor } = parsed.command.meta;
  for (const { stream, type, data: facts } of decision.events) {
    const own = streams.get(stream) ?? [];
    streams.set(stream, own);
    const revision = BigInt(own.length);
    own.push({ type, data: facts, stream, revision, recordedAt, effectiveOn: decision.effectiveOn, actor, basis: [] });
  }
}
/** What JSON cannot hold, said in JSON. */
const plain = (value) => {
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Map || value instanceof Set) return [...value].map(plain);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const present = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(present.map(([name, inner]) => [name, plain(inner)]));
};
const states = Object.fromEntries(
  [...streams].map(([stream, events]) => [
    stream,
    fold(domain.aggregates[stream.slice(0, stream.indexOf('-'))], events),
  ]),
);
const accepted = told.filter(({ decision }) => decision?.accepted).length;
stdout.write(JSON.stringify({ digest: digestOf(plain({ told, states })), accepted, streams: streams.size }));
