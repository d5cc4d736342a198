import { openApplication } from '@probono/application';
import {
  AgentAssigned,
  agentTimeEvents,
  assignmentEvents,
  type CataloguePart,
  catalogueOf,
  conventionEvents,
  type Fact,
  HoursConfirmed,
  HoursDeclared,
  Instant,
  kernelRules,
  LocalDate,
  LocalTime,
  MissionProposed,
  missionEvents,
  notification,
  notificationEvents,
  notificationHandlers,
  notificationRules,
  organisationEvents,
  PersonRegistered,
  personEvents,
  plusMinutes,
  SessionCancelled,
  SessionPlanned,
  SessionRescheduled,
  type StreamName,
  scheduleEvents,
  streamName,
  TutorDesignated,
  Zone,
} from '@probono/domain';
import { type EventStore, type FieldCipher, jsonCodec, memoryEventStore } from '@probono/event-store';
import { openReadModels, type ReadModelsOptions } from '@probono/read-models';
import type { SqlClient } from '@probono/sql';
import { type Mailer, openReminders, type Reminders, type RemindersOptions, reminderPlan } from '../src/index.js';
import { clockInstant } from '../src/plan/window.js';

const id = (n: number): string => `0190a000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** The people and things of the tests' world. */
export const ids = {
  agent: id(1),
  tutor: id(2),
  officer: id(3),
  host: id(10),
  mission: id(11),
  assignment: id(12),
  convention: id(13),
  employment: id(14),
  series: id(15),
  session: (n: number): string => id(100 + n),
  entry: (n: number): string => id(500 + n),
};

const parts: readonly CataloguePart[] = [
  { aggregate: notification, handlers: notificationHandlers, rules: notificationRules },
];
const events = {
  ...scheduleEvents,
  ...personEvents,
  ...organisationEvents,
  ...missionEvents,
  ...assignmentEvents,
  ...conventionEvents,
  ...agentTimeEvents,
  ...notificationEvents,
};

/** Stands in for the keys: a person in `erased` can no longer be read. */
const cipherOver = (erased: ReadonlySet<string>): FieldCipher => ({
  seal: async (values) =>
    values.map(({ value }) => ({ sealed: Buffer.from(JSON.stringify(value)).toString('base64') })),
  open: async (values) =>
    values.map(({ subject, value }) => {
      if (erased.has(subject)) return { erased: true };
      const { sealed } = value as { readonly sealed: string }; // what `seal` made
      return JSON.parse(Buffer.from(sealed, 'base64').toString());
    }),
});

/** Parts of a session that a test cares about. */
export interface Slot {
  readonly date: string;
  readonly start?: string;
  readonly minutes?: number;
  readonly place?: string;
}

export const slotOf = ({ date, start = '14:00', minutes = 180, place = 'Paris 12e' }: Slot) => {
  const zone = Zone.parse('Europe/Paris');
  const local = { date: LocalDate.parse(date), start: LocalTime.parse(start) };
  return { ...local, zone, startsAt: clockInstant(local.date, local.start, zone), minutes, place };
};

/** A log, a plan over it, and senders. */
export const openWorld = (sql: SqlClient) => {
  let now = Instant.parse('2026-03-02T09:00:00Z');
  const erased = new Set<string>();
  const store: EventStore = memoryEventStore({ now: () => new Date(now) });
  const codec = jsonCodec({ events, cipher: cipherOver(erased) });
  const application = openApplication({ store, codec, catalogue: catalogueOf(parts, kernelRules) });
  const modelsOver = (options: Partial<ReadModelsOptions> = {}) =>
    openReadModels({ sql, store, codec, projections: [reminderPlan], now: () => new Date(now), ...options });
  const readModels = modelsOver();
  let count = 0;

  const record = async (stream: StreamName, ...facts: readonly Fact[]): Promise<void> => {
    for (const { type, data } of facts) {
      const last = (await store.streamInfo(stream))?.revision;
      const eventId = id(90_000 + ++count);
      await store.append(
        stream,
        last ?? 'none',
        await codec.encode([
          {
            type,
            data,
            eventId,
            stream,
            revision: (last ?? -1n) + 1n,
            schemaVersion: 1,
            recordedAt: now,
            effectiveOn: LocalDate.parse(now.slice(0, 10)),
            tenantId: 'default',
            actor: { id: 'system', role: 'system' },
            authority: { capacity: 'system' },
            commandId: eventId,
            commandDigest: '0'.repeat(64),
            correlationId: eventId,
            causationId: eventId,
            basis: [],
          },
        ]),
      );
    }
  };
  const schedule = streamName('schedule', ids.assignment);

  return {
    store,
    readModels,
    /** The plan's read model, as another process would have it. */
    modelsOver,
    record,
    now: () => now,
    /** Moves the domain's clock, in the form `2026-03-02T09:00Z`. */
    at(instant: string) {
      now = Instant.parse(instant.replace(/(T\d\d:\d\d)Z$/, '$1:00Z'));
    },
    erase: (personId: string) => erased.add(personId),
    /** An agent on a mission in Paris, with a tutor, under a convention. */
    async people() {
      const person = (name: string, locale: string) =>
        PersonRegistered.parse({ locale, zone: 'Europe/Paris', name, email: `${name.toLowerCase()}@example.org` });
      await record(streamName('person', ids.agent), person('Julien', 'fr'));
      await record(streamName('person', ids.tutor), person('Moira', 'en'));
      await record(streamName('person', ids.officer), person('Valerie', 'fr'));
      await record(streamName('organisation', ids.host), TutorDesignated.parse({ personId: ids.tutor }));
      await record(
        streamName('mission', ids.mission),
        MissionProposed.parse({
          hostId: ids.host,
          kind: 'skilled',
          title: 'Aide aux devoirs',
          activities: 'Tutorat',
          skills: [],
          beneficiaries: 'collégiens',
          rhythm: { count: 2, per: 'week', minutes: 120 },
          site: { place: 'Paris 12e', zone: 'Europe/Paris', holidayCalendar: 'fr' },
          seats: 1,
        }),
      );
      await record(
        streamName('assignment', ids.assignment),
        AgentAssigned.parse({
          title: { convention: ids.convention },
          missionId: ids.mission,
          personId: ids.agent,
          employmentId: ids.employment,
          from: '2026-03-01',
          to: '2026-08-31',
        }),
      );
    },
    plan: (n: number, slot: Slot, seriesId?: string) =>
      record(
        schedule,
        SessionPlanned.parse({
          sessionId: ids.session(n),
          version: 1,
          ...(seriesId === undefined ? {} : { seriesId }),
          ...slotOf(slot),
        }),
      ),
    move: (n: number, version: number, from: Slot, to: Slot) =>
      record(
        schedule,
        SessionRescheduled.parse({
          sessionId: ids.session(n),
          version,
          from: slotOf(from),
          to: slotOf(to),
          by: 'agent',
        }),
      ),
    cancel: (n: number, version: number) =>
      record(schedule, SessionCancelled.parse({ sessionId: ids.session(n), version, by: 'tutor' })),
    declare: (n: number, date: string, sessionId?: string) =>
      record(
        streamName('agenttime', ids.agent),
        HoursDeclared.parse({
          entryId: ids.entry(n),
          assignmentId: ids.assignment,
          employmentId: ids.employment,
          ...(sessionId === undefined ? {} : { sessionId }),
          workDate: date,
          zone: 'Europe/Paris',
          minutes: 180,
          activity: 'tutorat',
        }),
      ),
    confirm: (n: number) => record(streamName('agenttime', ids.agent), HoursConfirmed.parse({ entryId: ids.entry(n) })),
    /** A sender of its own, as another process would have it. */
    sender: (mailer: Mailer, options: Partial<RemindersOptions> = {}) =>
      openReminders({
        sql,
        store,
        codec,
        application,
        readModels: modelsOver(),
        mailer,
        from: { name: 'Mécénat de compétences', address: 'probono@programme.example' },
        clock: () => now,
        onUnknown: 'resend',
        ...options,
      }),
    /** The plan as it stands, in order. */
    async planned(where = 'true') {
      await readModels.advance('reminder_plan');
      const rows = await sql.query<{ kind: string; role: string; version: number; due_at: Date }>(
        `SELECT kind, role, version, due_at FROM probono_read.reminder_plan_due WHERE ${where} ORDER BY due_at, role, kind`,
      );
      return rows.map(
        ({ kind, role, version, due_at }) => `${due_at.toISOString().slice(0, 16)}Z ${role} ${kind} v${version}`,
      );
    },
    /** What the log says that a person was told. */
    async told(personId: string) {
      const types: string[] = [];
      for await (const event of store.readStream(streamName('notification', personId))) types.push(event.type);
      return types;
    },
    minutesLater(minutes: number) {
      now = plusMinutes(now, minutes);
    },
  };
};

export type World = ReturnType<typeof openWorld>;

/** A world in a database that holds nothing of an earlier one. */
export const emptyWorld = async (sql: SqlClient): Promise<World> => {
  await sql.exec('DROP SCHEMA IF EXISTS probono_read CASCADE; DROP SCHEMA IF EXISTS probono CASCADE');
  const world = openWorld(sql);
  await world.readModels.migrate();
  return world;
};

/** Runs a sender until what another one left behind is free again and dealt with. */
export const runUntil = async (sender: Reminders, done: () => Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + 60_000;
  for (;;) {
    await sender.run();
    if (await done()) return;
    if (Date.now() > deadline) throw new Error('it did not come to that within a minute');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
