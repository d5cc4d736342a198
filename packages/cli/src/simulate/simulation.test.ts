import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { openApplication } from '@probono/application';
import { domain, Instant, PersonId, parseCommand } from '@probono/domain';
import { type DecodedEvent, type FieldCipher, jsonCodec, memoryEventStore } from '@probono/event-store';
import type { SimulatedCommand } from './scene.js';
import { type SimulationSize, simulation } from './simulation.js';

const digestOf = (size: SimulationSize): string => {
  const hash = createHash('sha256');
  for (const command of simulation(size)) hash.update(`${JSON.stringify(command)}\n`);
  return hash.digest('hex');
};

const parsed = ({ command, data, meta: { at, ...meta } }: SimulatedCommand) =>
  parseCommand(domain, { command, data, meta }, { recordedAt: Instant.parse(at), commandId: meta.commandId });

describe('the commands of a simulation', () => {
  test('are the same for the same seed', () => {
    const size = { agents: 25, months: 2, seed: 7 };
    expect(digestOf(size)).toBe(digestOf(size));
  });

  test('are others for another seed', () => {
    const size = { agents: 5, months: 1 };
    expect(digestOf({ ...size, seed: 7 })).not.toBe(digestOf({ ...size, seed: 8 }));
  });

  test('of a longer one begin like those of a shorter one', () => {
    const longer = simulation({ agents: 8, months: 9, seed: 3 });
    for (const command of simulation({ agents: 8, months: 4, seed: 3 })) expect(longer.next().value).toEqual(command);
  });

  test('are well-formed, in order of time, each with an id of its own unless it is sent twice', () => {
    const ids = new Set<string>();
    let last = '';
    for (const command of simulation({ agents: 50, months: 2, seed: 1 })) {
      const { at, commandId } = command.meta;
      expect(parsed(command)).toMatchObject({ ok: true });
      expect(at >= last).toBe(true);
      expect(PersonId.safeParse(commandId).success).toBe(true);
      expect(ids.has(commandId)).toBe(command.expected === 'repeated');
      ids.add(commandId);
      last = at;
    }
  });

  test('lend to hosts with different clocks and holidays, in every rhythm that has a name', () => {
    const seen = { calendars: new Set<unknown>(), zones: new Set<unknown>(), rhythms: new Set<string>() };
    for (const { command, data } of simulation({ agents: 150, months: 1, seed: 1 })) {
      if (command === 'RegisterOrganisation') {
        seen.calendars.add(data.holidayCalendar);
        seen.zones.add(data.zone);
      }
      if (command === 'ProposeMission') seen.rhythms.add(JSON.stringify(data.rhythm));
    }
    expect([...seen.calendars]).toEqual(expect.arrayContaining(['fr', 'fr-alsace-moselle', 'fr-974', 'fr-971']));
    expect(seen.zones.size).toBeGreaterThanOrEqual(3);
    expect(seen.rhythms.size).toBe(5);
  });

  test('end what they began: after six months other agents follow', () => {
    const counts = new Map<string, number>();
    for (const { command } of simulation({ agents: 4, months: 13, seed: 1 }))
      counts.set(command, (counts.get(command) ?? 0) + 1);
    expect(counts.get('CloseConvention')).toBeGreaterThanOrEqual(1);
    expect(counts.get('DraftConvention')).toBeGreaterThanOrEqual(2);
    expect(counts.get('IssueServiceCertificate')).toBeGreaterThanOrEqual(1);
  });
});

/** Carries out a simulation on a store in memory. */
const carriedOut = async (size: SimulationSize) => {
  const store = memoryEventStore({ now: () => new Date('2026-01-01T00:00:00Z') });
  // Keys are not what is tried here.
  const cipher: FieldCipher = {
    seal: async (values) => values.map(({ value }) => value),
    open: async (values) => values.map(({ value }) => value),
  };
  const codec = jsonCodec({ events: domain.events, cipher });
  const application = openApplication({ store, codec, catalogue: domain });
  const unexpected: string[] = [];
  for (const given of simulation(size)) {
    const checked = parsed(given);
    if (!checked.ok) throw new Error(`${given.command}: ${JSON.stringify(checked.invalid)}`);
    const outcome = await application.execute(checked.command);
    const came =
      outcome.kind === 'refused'
        ? outcome.refusals.map(({ rule }) => rule)
        : [outcome.kind === 'accepted' && outcome.repeated ? 'repeated' : outcome.kind];
    if (!came.includes(given.expected)) unexpected.push(`${given.command}: ${came.join()}, not ${given.expected}`);
  }
  const stored = [];
  for await (const event of store.readAll()) stored.push(event);
  const events = (await codec.decode(stored)).filter((event): event is DecodedEvent => !('unknown' in event));
  return { unexpected, events };
};

interface Hours {
  personId: string;
  workDate: string;
  startsAt: number;
  minutes: number;
}

/** The hours that stand at the end, told from the events alone. */
const hoursIn = (events: readonly DecodedEvent[]): ReadonlyMap<string, Hours> => {
  const hours = new Map<string, Hours>();
  for (const { type, stream, data } of events) {
    // Only events of hours have these fields; `entryId` tells them apart.
    const { entryId, workDate, startsAt, minutes, deltaMinutes } = data as Record<string, string & number>;
    const known = hours.get(String(entryId));
    if (type === 'HoursDeclared')
      hours.set(String(entryId), {
        personId: stream.slice('agenttime-'.length),
        workDate: String(workDate),
        startsAt: Date.parse(String(startsAt)),
        minutes: Number(minutes),
      });
    else if (type === 'HoursWithdrawn') hours.delete(String(entryId));
    else if (type === 'ContestResolved' && known) known.minutes = Number(minutes);
    else if ((type === 'HoursCorrected' || type === 'AdjustmentRecorded') && known)
      known.minutes += Number(deltaMinutes);
  }
  return hours;
};

describe('a simulation that is carried out', () => {
  test('comes out as foreseen, and leaves nobody in two places or at work for more than ten hours', async () => {
    const { unexpected, events } = await carriedOut({ agents: 10, months: 2, seed: 5 });
    expect(unexpected).toEqual([]);
    const byPerson = new Map<string, Hours[]>();
    for (const hours of hoursIn(events).values())
      byPerson.set(hours.personId, [...(byPerson.get(hours.personId) ?? []), hours]);
    expect(byPerson.size).toBeGreaterThanOrEqual(5);
    for (const all of byPerson.values()) {
      const inOrder = all.sort((a, b) => a.startsAt - b.startsAt);
      inOrder.slice(1).forEach((hours, i) => {
        const before = inOrder[i];
        expect(hours.startsAt).toBeGreaterThanOrEqual((before?.startsAt ?? 0) + (before?.minutes ?? 0) * 60_000);
      });
      const days = new Map<string, number>();
      for (const { workDate, minutes } of all) days.set(workDate, (days.get(workDate) ?? 0) + minutes);
      expect(Math.max(...days.values())).toBeLessThanOrEqual(600);
    }
  }, 60_000);

  test('outlives its first conventions: leavers, month ends, certificates, the next cohort', async () => {
    const { unexpected, events } = await carriedOut({ agents: 12, months: 9, seed: 1 });
    expect(unexpected).toEqual([]);
    const types = new Set(events.map(({ type }) => type));
    const last = ['PeriodClosed', 'ConventionExpired', 'ConventionClosed', 'ServiceCertificateIssued', 'SeatReleased'];
    expect([...types]).toEqual(expect.arrayContaining(last));
  }, 120_000);
});
