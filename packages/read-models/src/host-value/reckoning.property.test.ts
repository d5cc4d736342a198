import { expect, test } from '@jest/globals';
import {
  type Aggregate,
  agentTime,
  type ConventionState,
  convention,
  conventionEvents,
  type Fact,
  fold,
  isFree,
  isSettled,
  loadedCostOn,
  person,
  personEvents,
  type Recorded,
  type StreamName,
  streamName,
  textOn,
  type ValuedMinutes,
  valueInCents,
} from '@probono/domain';
import { type EventStore, memoryEventStore, type UnknownEvent } from '@probono/event-store';
import * as fc from 'fast-check';
import { logOf } from '../../test/log.js';
import {
  ada,
  adaJob,
  ben,
  benJob,
  convention as c,
  hours as h,
  homeId,
  hostId,
  id,
  otherHostId,
  programmeCodec,
} from '../../test/programme.js';
import { foldedOneByOne } from '../../test/reference.js';
import { hostValue } from '../index.js';

const agents = [
  { personId: ada, employmentId: adaJob },
  { personId: ben, employmentId: benJob },
] as const;
const conventions = [
  { conventionId: id(31), host: hostId },
  { conventionId: id(32), host: otherHostId },
] as const;

const reimbursements = [{ kind: 'free' }, { kind: 'partial', percent: 30 }, { kind: 'full' }, undefined] as const;
const of = fc.nat({ max: 1 });
/** Few, so that costs and texts often begin on a day with hours. */
const date = fc.constantFrom('2026-03-01', '2026-06-15', '2026-12-31', '2027-01-01', '2027-06-15');
const cost = fc.record({ of, from: date, cents: fc.integer({ min: 0, max: 99_999_999 }) });
const text = fc.record({ of, from: date, reimbursement: fc.constantFrom(...reimbursements) });
/** What became of an entry, whose last steps may be adjustments of a closed month. */
const fate = fc.constantFrom('declared', 'validated', 'corrected', 'again', 'resolved', 'withdrawn', 'adjusted');
const entry = fc.record({ of, under: of, date, minutes: fc.integer({ min: 60, max: 600 }), fate });

const factsOf = (
  n: number,
  {
    date: on,
    minutes,
    fate: became,
    under,
    of: who,
  }: { date: string; minutes: number; fate: string; under: number; of: number },
): readonly Fact[] => {
  const entryId = id(1000 + n);
  const { data } = h.declared(entryId, on, minutes);
  const { conventionId } = conventions[under] ?? conventions[0];
  const declared = { type: 'HoursDeclared', data: { ...data, conventionId, employmentId: agents[who]?.employmentId } };
  const validated = [h.confirmed(entryId), h.validated(entryId)];
  switch (became) {
    case 'declared':
      return [declared, h.confirmed(entryId)];
    case 'validated':
      return [declared, ...validated];
    case 'corrected':
      return [declared, ...validated, h.corrected(entryId, -7)];
    case 'again':
      return [declared, ...validated, h.corrected(entryId, 11), ...validated];
    case 'resolved':
      return [declared, h.contested(entryId), h.resolved(entryId, minutes - 13), h.validated(entryId)];
    case 'withdrawn':
      return [declared, ...validated, h.withdrawn(entryId)];
    default:
      return [declared, ...validated, h.adjusted(entryId, -17, '2027-01'), h.adjusted(entryId, 5, '2028-02')];
  }
};

/** Facts, stream by stream. */
const log = fc
  .record({
    costs: fc.array(cost, { maxLength: 6 }),
    texts: fc.array(text, { maxLength: 4 }),
    first: fc.tuple(fc.constantFrom(...reimbursements), fc.constantFrom(...reimbursements)),
    entries: fc.array(entry, { minLength: 3, maxLength: 12 }),
  })
  .map(({ costs, texts, first, entries }) => {
    const streams = new Map<StreamName, Fact[]>();
    for (const [n, { personId, employmentId }] of agents.entries()) {
      const started = {
        employmentId,
        employerId: homeId,
        branch: 'state',
        status: 'tenured',
        from: '2015-01-01',
      } as const;
      const own = costs.filter((one) => one.of === n);
      streams.set(`person-${personId}`, [
        personEvents.EmploymentStarted.parse(started),
        ...own.map(({ from, cents }) => personEvents.LoadedCostSet.parse({ employmentId, from, centsPerYear: cents })),
      ]);
      const time = entries.flatMap((one, index) => (one.of === n ? factsOf(index, one) : []));
      streams.set(`agenttime-${personId}`, [...time]);
    }
    for (const [n, { conventionId, host }] of conventions.entries()) {
      const { data } = c.drafted('2027-12-31');
      const reimbursement = first[n];
      const terms = { ...data.terms, hostId: host, ...(reimbursement && { reimbursement }) };
      const amendments = texts
        .filter((one) => one.of === n)
        .flatMap(({ from, reimbursement: other }, index) => {
          const proposed = c.amendmentProposed('2027-12-31', from).data;
          const version = index + 2;
          return [
            conventionEvents.AmendmentProposed.parse({
              ...proposed,
              version,
              delta: other ? { reimbursement: other } : {},
            }),
            conventionEvents.ConventionAmended.parse({ version, effectiveFrom: from }),
          ];
        });
      streams.set(`convention-${conventionId}`, [
        conventionEvents.ConventionDrafted.parse({ version: 1, terms }),
        c.signed,
        ...amendments,
      ]);
    }
    return streams;
  });

const stateOf = async <S, F extends Fact>(store: EventStore, aggregate: Aggregate<S, F>, of: string): Promise<S> => {
  const events: Recorded<F>[] = [];
  for await (const stored of store.readStream(streamName(aggregate.category, of))) {
    // A stream of this category holds this aggregate's events.
    const decoded = (await programmeCodec.decode([stored])) as readonly (Recorded<F> | UnknownEvent)[];
    for (const event of decoded) if (!('unknown' in event)) events.push(event);
  }
  return fold(aggregate, events);
};

/** By host and year, from the domain's own states: nothing is added up on the way. */
const reckoned = async (store: EventStore) => {
  const sums = new Map<string, ValuedMinutes[]>();
  const minutes = new Map<string, number>();
  const lendings = new Map<string, ConventionState>();
  for (const { conventionId } of conventions)
    lendings.set(conventionId, await stateOf(store, convention, conventionId));
  for (const { personId } of agents) {
    const time = await stateOf(store, agentTime, personId);
    const who = await stateOf(store, person, personId);
    const months = Object.values(time.months).flatMap((own) => Object.entries(own));
    for (const entry of Object.values(time.entries)) {
      const { entryId, employmentId, workDate } = entry;
      const lending = lendings.get(entry.conventionId ?? '');
      const ruling = lending && textOn(lending, workDate);
      if (!isSettled(entry) || ruling === undefined || !isFree(ruling.terms)) continue;
      const adjusted = months.flatMap(([month, held]) =>
        held.adjustments
          .filter((one) => one.entryId === entryId)
          .map(({ deltaMinutes }) => ({ year: month.slice(0, 4), minutes: deltaMinutes })),
      );
      const declared = entry.minutes - adjusted.reduce((sum, one) => sum + one.minutes, 0);
      const centsPerYear = loadedCostOn(who, employmentId, workDate);
      for (const part of [{ year: workDate.slice(0, 4), minutes: declared }, ...adjusted]) {
        const key = `${ruling.terms.hostId} ${part.year}`;
        minutes.set(key, (minutes.get(key) ?? 0) + part.minutes);
        if (centsPerYear === undefined) continue;
        sums.set(key, [...(sums.get(key) ?? []), { minutes: part.minutes, centsPerYear }]);
      }
    }
  }
  return [...minutes].map(([key, sum]) => `${key}: ${sum} minutes, ${valueInCents(sums.get(key) ?? [])} cents`);
};

/** A year of nothing has no row. */
const told = (lines: readonly string[]) => lines.filter((line) => !line.endsWith(': 0 minutes, 0 cents')).sort();

const cases = Number(process.env.PROPERTY_CASES ?? 300);

test('what a host received is what an independent reckoning gives, in whatever order the streams are told', async () => {
  await fc.assert(
    fc.asyncProperty(log, fc.array(fc.nat({ max: 5 }), { minLength: 60, maxLength: 60 }), async (streams, order) => {
      const store = memoryEventStore({ now: () => new Date(0) });
      const { record } = logOf(store, programmeCodec);
      const waiting = [...streams].map(([stream, facts]) => ({ stream, facts: [...facts] }));
      for (let turn = 0; waiting.some(({ facts }) => facts.length > 0); turn++) {
        const left = waiting.filter(({ facts }) => facts.length > 0);
        const next = left[(order[turn] ?? 0) % left.length];
        const fact = next?.facts.shift();
        if (next !== undefined && fact !== undefined) await record(next.stream, fact);
      }
      const { years = [] } = await foldedOneByOne(hostValue, store, programmeCodec);
      const kept = years
        .map((row) => JSON.parse(row))
        .map((row) => `${row.host_id} ${row.year}: ${row.minutes} minutes, ${row.value_cents} cents`);
      expect(told(kept)).toEqual(told(await reckoned(store)));
    }),
    { numRuns: cases },
  );
});
