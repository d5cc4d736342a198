import { randomBytes } from 'node:crypto';
import { type Application, type Outcome, openApplication } from '@probono/application';
import { domain, Instant, parseCommand } from '@probono/domain';
import { type DecodedEvent, jsonCodec, memoryEventStore } from '@probono/event-store';
import { openReadModels, type ReadModels } from '@probono/read-models';
import { migrate, type SqlClient } from '@probono/sql';
import { v5 } from 'uuid';
import { eventStoreMigrations, postgresEventStore } from '../../event-store-postgres/src/index.js';
import { fieldCipher, memoryKeyStore } from '../../privacy/src/index.js';
import { type Clerk, type ClerkParts, clerkAgenda, openClerk } from '../src/index.js';

/** A UUIDv7 that is told apart from the others by one number. */
export const uuid = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;

export const ids = {
  home: uuid(1),
  host: uuid(2),
  convention: uuid(3),
  mission: uuid(4),
  ada: uuid(10),
  adaJob: uuid(11),
  adaOn: uuid(12),
  ben: uuid(20),
  benJob: uuid(21),
  benOn: uuid(22),
  manager: uuid(30),
  hr: uuid(31),
  homePerson: uuid(32),
  hostPerson: uuid(33),
  officer: uuid(34),
  authority: uuid(35),
};

const as = (id: string, role: string) => ({ id, role });
export const officer = as(ids.officer, 'programme_officer');
export const hr = as(ids.hr, 'hr');
export const manager = as(ids.manager, 'manager');
export const home = as(ids.homePerson, 'home_representative');
export const host = as(ids.hostPerson, 'host_representative');
export const agent = (id: string) => as(id, 'agent');

/** What a test looks at of an event. */
export interface Told {
  readonly type: string;
  readonly data: unknown;
  readonly effectiveOn: string;
  readonly by: string;
}

/** The real application over a real store, its read model of the clerk, and a clock that is set. */
export interface World {
  readonly sql: SqlClient;
  readonly application: Application;
  readonly readModels: ReadModels;
  readonly clerk: Clerk;
  /** Another clerk beside the first. */
  another(parts?: Partial<ClerkParts>): Clerk;
  at(instant: string): void;
  /** Gives a command that must be accepted. */
  give(command: string, actor: { id: string; role: string }, data: object, meta?: object): Promise<void>;
  /** Lets the agenda catch up with the log. */
  catchUp(): Promise<void>;
  /** Lets agenda and clerk work until there is nothing more to do. */
  settle(): Promise<number>;
  /** What the system recorded in a stream, in order; of these types only, when any are given. */
  bySystem(stream: string, ...types: readonly string[]): Promise<readonly Told[]>;
  count(): Promise<number>;
  lastPosition(): Promise<bigint | undefined>;
}

const commandIds = '9b2f3f2e-66a5-5d0c-8b5c-5a1f4f1c7d10';

/** Opens a world in a database, which it empties first: that is faster than a database for each test. */
export const openWorld = async (sql: SqlClient, kind: 'memory' | 'postgres' = 'postgres'): Promise<World> => {
  await sql.exec('DROP SCHEMA IF EXISTS probono_read CASCADE; DROP SCHEMA IF EXISTS probono CASCADE');
  let now = '2026-12-01T09:00:00.000Z';
  const clock = () => new Date(now);
  await migrate(sql, 'event-store', eventStoreMigrations);
  const store = kind === 'memory' ? memoryEventStore({ now: clock }) : postgresEventStore(sql, { now: clock });
  const keys = memoryKeyStore({ random: randomBytes, now: clock });
  const codec = jsonCodec({ events: domain.events, cipher: fieldCipher(keys, { random: randomBytes }) });
  const application = openApplication({ store, codec, catalogue: domain });
  const readModels = openReadModels({ sql, store, codec, projections: [clerkAgenda], now: clock });
  await readModels.migrate();
  const broken: string[] = [];
  const logger = {
    info: () => {},
    warn: () => {},
    error: (facts: object, message: string) =>
      broken.push(`${message}: ${JSON.stringify(facts)} ${'error' in facts ? facts.error : ''}`),
  };
  const parts = { sql, application, clock: () => now, logger };
  const clerk = openClerk(parts);
  let given = 0;

  const all = async (): Promise<readonly DecodedEvent[]> => {
    const stored = [];
    for await (const event of store.readAll()) stored.push(event);
    const decoded = await codec.decode(stored);
    return decoded.flatMap((event) => ('unknown' in event ? [] : [event]));
  };
  const catchUp = async (): Promise<void> => {
    const advanced = await readModels.advance(clerkAgenda.name);
    const [status] = await readModels.status();
    if (advanced !== 'idle' || status?.parked !== 0)
      throw new Error(
        `the agenda is ${advanced}: ${JSON.stringify(status, (_, v) => (typeof v === 'bigint' ? String(v) : v))}`,
      );
  };

  return {
    sql,
    application,
    readModels,
    clerk,
    another: (other = {}) => openClerk({ sql, application, clock: () => now, ...other }),
    at(instant) {
      now = new Date(instant).toISOString();
    },
    async give(command, actor, data, meta = {}) {
      given += 1;
      const parsed = parseCommand(
        domain,
        { command, data, meta: { actor, ...meta } },
        { recordedAt: Instant.parse(now), commandId: v5(String(given), commandIds) },
      );
      if (!parsed.ok) throw new Error(`${command}: ${JSON.stringify(parsed.invalid)}`);
      const outcome: Outcome = await application.execute(parsed.command);
      if (outcome.kind !== 'accepted')
        throw new Error(`${command}: ${JSON.stringify(outcome, (_, v) => (typeof v === 'bigint' ? String(v) : v))}`);
    },
    catchUp,
    async settle() {
      for (let total = 0; ; ) {
        await catchUp();
        const { issued } = await clerk.run();
        if (broken.length > 0) throw new Error(broken.join('; '));
        if (issued === 0) return total;
        total += issued;
      }
    },
    async bySystem(stream, ...types) {
      const events = (await all()).filter(
        (event) =>
          event.stream === stream &&
          event.actor.role === 'system' &&
          (types.length === 0 || types.includes(event.type)),
      );
      return events.map(({ type, data, effectiveOn, actor }) => ({ type, data, effectiveOn, by: actor.id }));
    },
    count: async () => (await all()).length,
    lastPosition: () => store.lastPosition(),
  };
};

const site = { place: 'Paris', zone: 'Europe/Paris', holidayCalendar: 'fr' };
const docHash = 'a1'.repeat(32);
const tenth = { num: 1, den: 10, window: 'week' };

/** Two organisations with those who stand for them, two agents with their jobs, and a published mission. */
export const people = async (world: World, zone = 'Europe/Paris'): Promise<void> => {
  const organisation = { purpose: 'eau', zone, holidayCalendar: 'fr' };
  await world.give('RegisterOrganisation', officer, { organisationId: ids.home, kind: 'state', ...organisation });
  await world.give('RegisterOrganisation', officer, { organisationId: ids.host, kind: 'association', ...organisation });
  for (const [organisationId, personId, role] of [
    [ids.home, ids.hr, 'hr'],
    [ids.home, ids.homePerson, 'home_representative'],
    [ids.home, ids.authority, 'authority'],
    [ids.host, ids.hostPerson, 'host_representative'],
  ]) {
    await world.give('DesignateRepresentative', officer, { organisationId, personId, role });
  }
  await world.give('FileEligibilityEvidence', host, { organisationId: ids.host, docHash });
  await world.give('AccreditHost', officer, {
    organisationId: ids.host,
    administrationId: ids.home,
    until: '2028-12-31',
  });
  for (const [personId, employmentId] of [
    [ids.ada, ids.adaJob],
    [ids.ben, ids.benJob],
  ] as const) {
    const personal = { name: 'Une Agente', email: 'agente@example.org' };
    await world.give('RegisterPerson', officer, { personId, locale: 'fr', zone, ...personal });
    await world.give('StartEmployment', hr, {
      ...{ personId, employmentId, employerId: ids.home, branch: 'state', status: 'tenured', from: '2020-01-01' },
    });
    await world.give('SetManager', hr, { personId, employmentId, managerId: ids.manager, from: '2020-01-01' });
  }
  await world.give('ProposeMission', host, {
    ...{ missionId: ids.mission, hostId: ids.host, kind: 'skilled', title: 'Eau', activities: 'Réunions' },
    ...{ skills: ['droit'], beneficiaries: 'adhérents', rhythm: { count: 2, per: 'week' } },
    ...{ site: { ...site, zone }, seats: 5 },
  });
  const approval = { missionId: ids.mission, withinPurpose: true, skillsUseful: true };
  await world.give('ApproveMission', officer, approval);
  await world.give('PublishMission', officer, { missionId: ids.mission });
};

/** A convention for both agents from 4 January to 3 July 2027, with a pool of hours, signed on 1 December 2026. */
export const convention = async (world: World, change: object = {}): Promise<void> => {
  const { convention: conventionId } = ids;
  const agents = [
    { personId: ids.ada, employmentId: ids.adaJob },
    { personId: ids.ben, employmentId: ids.benJob },
  ];
  await world.give('DraftConvention', officer, {
    conventionId,
    terms: {
      ...{ framework: 'idf-2017-pilot', homeId: ids.home, hostId: ids.host, agents, activities: ['eau'], site },
      ...{ from: '2027-01-04', to: '2027-07-03', poolMinutes: 60_000, quota: { ...tenth, den: 5 } },
      ...{ clauses: [], noticeDays: 30, ...change },
    },
  });
  const signatories = [
    { party: 'home', personId: home.id },
    { party: 'host', personId: host.id },
  ];
  await world.give('SubmitConvention', officer, { conventionId, docHash, signatories });
  for (const personId of [ids.ada, ids.ben]) {
    await world.give('CommunicateConventionToAgent', officer, { conventionId, personId, version: 1 });
    await world.give('GiveAgentConsent', agent(personId), { conventionId, personId, version: 1 });
  }
  for (const [party, by] of [
    ['home', home],
    ['host', host],
  ] as const) {
    await world.give('SignConvention', by, {
      ...{ conventionId, party, capacity: 'direction', version: 1, docHash, method: 'paper' },
    });
  }
};

/** An application that everyone has agreed to. */
export const applied = async (world: World, who: 'ada' | 'ben' = 'ada'): Promise<void> => {
  const assignmentId = ids[`${who}On`];
  const application = { assignmentId, missionId: ids.mission, personId: ids[who], employmentId: ids[`${who}Job`] };
  await world.give('SubmitApplication', agent(ids[who]), application);
  await world.give('GrantManagerApproval', manager, { assignmentId });
  await world.give('AcceptApplication', host, { assignmentId });
  await world.give('ConsentToAssignment', agent(ids[who]), { assignmentId });
};

/** An assignment for all of the convention, with 6,000 minutes of the pool. */
export const assigned = async (world: World, who: 'ada' | 'ben' = 'ada', change: object = {}): Promise<void> => {
  await applied(world, who);
  await world.give('AssignAgent', officer, {
    ...{ assignmentId: ids[`${who}On`], title: { convention: ids.convention } },
    ...{ from: '2027-01-04', to: '2027-07-03', quota: tenth, allottedMinutes: 6000, ...change },
  });
};

/** The session of this number in the year: its date names it. */
export const sessionId = (date: string): string => uuid(Number(date.replaceAll('-', '')));

/** The date that names the session of these data. */
export const plannedOn = (data: unknown): string => {
  const digits = /"sessionId":"[0-9a-f-]*(\d{4})(\d{2})(\d{2})"/.exec(JSON.stringify(data));
  return digits === null ? 'no session' : digits.slice(1).join('-');
};

/** Sessions of two hours at nine o'clock. */
export const sessions = async (world: World, ...dates: readonly string[]): Promise<void> => {
  for (const date of dates) {
    await world.give('PlanSession', officer, {
      ...{ assignmentId: ids.adaOn, sessionId: sessionId(date), date, start: '09:00', minutes: 120 },
    });
  }
};

/** All of it: both agents assigned, sessions of Ada in four months. */
export const working = async (world: World): Promise<void> => {
  await people(world);
  await convention(world);
  await assigned(world, 'ada');
  await assigned(world, 'ben');
  await sessions(world, '2027-01-12', '2027-02-09', '2027-03-09', '2027-06-08');
};

export const streams = {
  convention: `convention-${ids.convention}`,
  mission: `mission-${ids.mission}`,
  host: `organisation-${ids.host}`,
  ada: `person-${ids.ada}`,
  ben: `person-${ids.ben}`,
  adaOn: `assignment-${ids.adaOn}`,
  benOn: `assignment-${ids.benOn}`,
  adaSchedule: `schedule-${ids.adaOn}`,
  adaTime: `agenttime-${ids.ada}`,
};
