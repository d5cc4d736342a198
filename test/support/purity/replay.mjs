// Replays the lines of stories, and what is tried at moments of them, by the built domain alone, and prints SHA-256 of
// everything that came of it. What a pure domain must not look at is taken away before its code runs.
import { readFileSync } from 'node:fs';

/** `trials`: by category, what is tried before which line, without a trace in the story. */
const { lines, trials } = JSON.parse(readFileSync(0, 'utf8'));
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

/** What JSON cannot hold, said in JSON. */
const plain = (value) => {
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Map || value instanceof Set) return [...value].map(plain);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const present = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(present.map(([name, inner]) => [name, plain(inner)]));
};
const aggregateOf = (stream) => domain.aggregates[stream.slice(0, stream.indexOf('-'))];

/** Decides a line on the events of streams, adds what was decided to them, and tells what came of it. */
const give = (streams, { at, command, data, meta }) => {
  const stateOf = ({ aggregate, id }) => fold(aggregate, streams.get(streamName(aggregate.category, id)) ?? []);
  const recordedAt = new Real(at).toISOString();
  const parsed = parseCommand(domain, { command, data, meta }, { recordedAt, commandId: meta.commandId });
  if (!parsed.ok) return { outcome: 'invalid', digest: digestOf(plain(parsed.invalid)) };
  const decision = answer(decideWith(domain.handlers[command], domain.rules, parsed.command), stateOf);
  const states = {};
  for (const { stream, type, data: facts } of decision.accepted ? decision.events : []) {
    const before = streams.get(stream) ?? [];
    const revision = BigInt(before.length);
    const { actor } = parsed.command.meta;
    const { effectiveOn } = decision;
    const own = [...before, { type, data: facts, stream, revision, recordedAt, effectiveOn, actor, basis: [] }];
    streams.set(stream, own);
    states[stream] = fold(aggregateOf(stream), own);
  }
  const outcome = decision.accepted ? 'accepted' : 'refused';
  return { outcome, digest: digestOf(plain({ decision, states })) };
};

const story = new Map();
const digests = [];
const counts = {};
lines.forEach((line, moment) => {
  for (const [category, acts] of trials[moment] ?? []) {
    const fork = new Map(story);
    for (const act of acts) {
      const { outcome, digest } = give(fork, act);
      digests.push(digest);
      counts[category] ??= {};
      counts[category][outcome] = (counts[category][outcome] ?? 0) + 1;
    }
  }
  digests.push(give(story, line).digest);
});
const states = Object.fromEntries([...story].map(([stream, events]) => [stream, fold(aggregateOf(stream), events)]));
stdout.write(JSON.stringify({ digest: digestOf(plain({ digests, states })), counts, streams: story.size }));
