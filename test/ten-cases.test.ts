import { describe, expect, test } from '@jest/globals';
import {
  type AgentTimeState,
  type AssignmentState,
  type ConventionState,
  EntryId,
  forceOn,
  LocalDate,
  Month,
  poolLeft,
  totalsOfMonth,
} from '@probono/domain';
import {
  type Agent,
  apply,
  assign,
  clerk,
  employ,
  engage,
  type Host,
  hoursOf,
  idOf,
  lend,
  officer,
  type Place,
  settle,
  submit,
  volunteer,
  welcome,
} from '@probono/testing';
import { type ExceptionCode, exceptions, listExceptions, openReadModels } from '../packages/read-models/src/index.js';
import { openSql } from '../packages/sql/src/index.js';
import { inTurn } from './support/in-turn.js';
import { ada, bank, ben, home, library, openScene, type Scene, type Told } from './support/scene.js';

const conventionId = idOf(400);
const place = { assignmentId: idOf(500), agent: ada, host: bank };
const another = { assignmentId: idOf(501), agent: ada, host: library };
const reunion = { place: 'Saint-Denis', zone: 'Indian/Reunion', holidayCalendar: 'fr-974' } as const;
const quarter = { num: 1, den: 4, window: 'week' } as const;
const justification = 'essai';

/** Everyone in place: the employer, two agents and two associations. */
const opened = async (at: string, scene = openScene()): Promise<Scene> => {
  await scene.all([...settle(home, at), ...[ada, ben].flatMap((agent) => employ(agent, at))]);
  return scene;
};
const hours = (entry: number, at: Place, workDate: string, more: Partial<ReturnType<typeof hoursOf>> = {}) =>
  hoursOf(at, { ...more, entryId: idOf(entry), workDate });
/** Drafts a text and tries to submit it. */
const drafted = async (scene: Scene, lending: Parameters<typeof submit>[0], at: string): Promise<Told> => {
  const [draft, submission] = submit(lending, at);
  await scene.all([draft]);
  return scene.tell(submission);
};

/** What the auditor's read model shows of a scene's log. */
const exceptionsOf = async ({ store, codec }: Scene, ...codes: ExceptionCode[]) => {
  const sql = await openSql('pglite:');
  try {
    const readModels = openReadModels({ sql, store, codec, projections: [exceptions], now: () => new Date(0) });
    await readModels.migrate();
    expect(await readModels.advance(exceptions.name)).toBe('idle');
    return await listExceptions(sql, { codes });
  } finally {
    await sql.close();
  }
};
const allOf = (kind: string, told: readonly Told[]): readonly Told[] => told.filter((one) => one.kind === kind);

describe('ten that a careless build gets wrong', () => {
  const before = '2026-12-01T09:00:00Z';
  const text = { conventionId, host: bank, from: '2027-01-01', to: '2027-12-31', justification };
  const time = (scene: Scene): Promise<AgentTimeState> => scene.state<AgentTimeState>(`agenttime-${ada.id}`);

  describe.each([
    ['that writes all streams at once', openScene],
    ['that writes one stream at a time', () => openScene(inTurn)],
  ])('1. two confirmations at once, on a store %s', (_, open) => {
    const both = [place, { assignmentId: idOf(502), agent: ben, host: bank }];
    const race = async (seats: number, minutes?: number): Promise<{ scene: Scene; told: readonly Told[] }> => {
      const scene = await opened(before, open());
      await scene.all(welcome(bank, home, before, { seats }));
      const pool = minutes === undefined ? {} : { poolMinutes: minutes, allottedMinutes: minutes };
      const { allottedMinutes, ...shared } = { ...text, agents: [ada, ben] as const, ...pool };
      await scene.all([...lend(shared, before), ...both.flatMap((one) => apply(one, before))]);
      const allotted = allottedMinutes === undefined ? {} : { allottedMinutes };
      const given = both.map((one) => scene.tell(assign(one, shared, '2026-12-02T09:00:00Z', allotted)));
      return { scene, told: await Promise.all(given) };
    };

    test('for the last seat: one wins, the other is told that there is no seat', async () => {
      const { told } = await race(1);
      expect(allOf('accepted', told)).toHaveLength(1);
      expect(allOf('refused', told).map(({ rules }) => rules)).toEqual([['mission.no-seat']]);
    });

    test('for the last 210 pooled minutes: one wins, the other is told that the pool is exhausted', async () => {
      const { scene, told } = await race(2, 210);
      expect(allOf('accepted', told)).toHaveLength(1);
      expect(allOf('refused', told).map(({ rules }) => rules)).toEqual([['convention.pool-exhausted']]);
      expect(poolLeft(await scene.state<ConventionState>(`convention-${conventionId}`))).toBe(0);
    });
  });

  test('2. hours from 31 December 22:00 to 1 January 03:00 overlap those of another host from 02:00', async () => {
    const at = '2026-11-02T09:00:00Z';
    const scene = await opened(at);
    await scene.all(welcome(bank, home, at));
    await scene.all(welcome(library, home, at));
    const span = { from: '2026-11-02', to: '2027-04-30', quota: quarter };
    await scene.all(engage({ ...text, ...span }, place, at));
    await scene.all(engage({ ...text, ...span, conventionId: idOf(401), host: library }, another, at));
    const late = hours(600, place, '2026-12-31', { start: '22:00', minutes: 300 });
    await scene.done(ada, 'DeclareHours', late, '2027-01-04T09:00:00Z');
    const early = hours(601, another, '2027-01-01', { start: '02:00', minutes: 60 });
    expect((await scene.give(ada, 'DeclareHours', early, '2027-01-04T09:01:00Z')).rules).toEqual(['hours.overlap']);
    const after = hours(602, another, '2027-01-01', { start: '03:00', minutes: 60 });
    expect((await scene.give(ada, 'DeclareHours', after, '2027-01-04T09:02:00Z')).kind).toBe('accepted');
  });

  test('3. a tenth of a full-time year holds 22 sessions of 7 hours; the 23rd exceeds its 9,642 minutes', async () => {
    const scene = await opened(before);
    await scene.all(welcome(bank, home, before));
    await scene.all(engage({ ...text, quota: { num: 1, den: 10, window: 'year' } as const }, place, before));
    const fortnight = (n: number) => new Date(Date.UTC(2027, 0, 5 + 14 * n)).toISOString().slice(0, 10);
    const declare = (n: number, minutes = 420) => {
      const on = fortnight(n);
      return scene.give(ada, 'DeclareHours', hours(600 + n, place, on, { minutes }), `${on}T18:00:00Z`);
    };
    const told = [];
    for (let n = 0; n < 22; n++) told.push(await declare(n));
    expect(allOf('accepted', told)).toHaveLength(22);
    expect((await declare(22)).rules).toEqual(['hours.quota-exceeded']);
    // 9,642 less 22 times 420 leaves 402.
    expect((await declare(22, 403)).rules).toEqual(['hours.quota-exceeded']);
    expect((await declare(22, 402)).kind).toBe('accepted');
  });

  test('4. after 36 months with one host, no more with it under the 3DS law; another agent, or host, is fine', async () => {
    const at = '2026-01-05T09:00:00Z';
    const scene = await opened(at);
    await scene.all(welcome(bank, home, at));
    await scene.all(welcome(library, home, at));
    const period = { hostId: bank.organisationId, framework: '3ds-209', personId: ada.id };
    const first = { ...period, conventionId: idOf(410), from: '2023-01-01', to: '2024-06-30' };
    const second = { ...period, conventionId: idOf(411), from: '2024-07-01', to: '2025-12-31' };
    for (const spent of [first, second]) await scene.done(clerk, 'RecordSecondment', spent, at);
    const submitted = (n: number, agent: Agent, host: Host) => {
      const span = { from: '2026-02-01', to: '2026-07-31', framework: '3ds-209', justification } as const;
      return drafted(scene, { conventionId: idOf(n), agents: [agent], host, ...span }, at);
    };
    expect((await submitted(412, ada, bank)).rules).toEqual(['convention.total-too-long']);
    expect((await submitted(413, ben, bank)).kind).toBe('accepted');
    expect((await submitted(414, ada, library)).kind).toBe('accepted');
  });

  test('5. eighteen months from 21 November 2026 outlive the 3DS law; a day more, or a start after it, is refused', async () => {
    const at = '2026-11-20T09:00:00Z';
    const scene = await opened(at);
    await scene.all(welcome(bank, home, at));
    const submitted = (n: number, from: string, to: string) => {
      const span = { from, to, framework: '3ds-209', justification } as const;
      return drafted(scene, { conventionId: idOf(n), agents: [ada], host: bank, ...span }, at);
    };
    const longest = await submitted(420, '2026-11-21', '2028-05-20');
    expect([longest.kind, longest.warnings]).toEqual(['accepted', ['convention.outlives-framework']]);
    expect(longest.events[0]?.framework).toEqual({ id: '3ds-209', version: 1 });
    expect((await submitted(421, '2026-11-21', '2028-05-21')).rules).toEqual(['convention.period-too-long']);
    expect((await submitted(422, '2028-01-03', '2028-05-20')).rules).toEqual(['convention.framework-not-in-force']);
  });

  test('6. at 21:00 UTC on 31 March it is 1 April in Réunion and not yet in Paris', async () => {
    const at = '2026-01-05T09:00:00Z';
    const scene = await opened(at);
    await scene.all(welcome(bank, home, at));
    await scene.all(welcome(library, home, at, { site: reunion }));
    const span = { from: '2026-02-01', to: '2026-07-31', quota: quarter };
    await scene.all(engage({ ...text, ...span }, place, at));
    await scene.all(engage({ ...text, ...span, conventionId: idOf(401), host: library, site: reunion }, another, at));
    const now = '2026-03-31T21:00:00Z';
    expect((await scene.give(ada, 'DeclareHours', hours(600, place, '2026-04-01'), now)).rules).toEqual([
      'hours.in-the-future',
    ]);
    expect((await scene.give(ada, 'DeclareHours', hours(601, another, '2026-04-01'), now)).kind).toBe('accepted');
  });

  describe('7. the nights on which the clocks change in Paris', () => {
    const at = '2026-09-01T09:00:00Z';
    const worked = async (workDate: string, more: Parameters<typeof hours>[3], now: string): Promise<Told> => {
      const scene = await opened(at);
      await scene.all(welcome(bank, home, at));
      await scene.all(engage({ ...text, from: '2026-09-01', to: '2027-08-31' }, place, at));
      return scene.give(ada, 'DeclareHours', hours(600, place, workDate, more), now);
    };
    const spring = { start: '23:00', minutes: 300 };

    test('300 minutes from 23:00 on 27 March 2027 end at 05:00, an hour of the clock later than they count', async () => {
      expect((await worked('2027-03-27', spring, '2027-03-28T02:59:00Z')).rules).toEqual(['hours.in-the-future']);
      expect((await worked('2027-03-27', spring, '2027-03-28T03:00:00Z')).kind).toBe('accepted');
    });
    test('02:30 on 28 March 2027 does not exist', async () => {
      const told = await worked('2027-03-28', { start: '02:30', minutes: 60 }, '2027-03-29T09:00:00Z');
      expect(told.rules).toEqual(['hours.nonexistent-local-time']);
    });
    test('02:30 on 25 October 2026 is there twice, and must be told which', async () => {
      const autumn = { start: '02:30', minutes: 60 } as const;
      const now = '2026-10-26T09:00:00Z';
      expect((await worked('2026-10-25', autumn, now)).rules).toEqual(['hours.ambiguous-local-time']);
      const [declared] = (await worked('2026-10-25', { ...autumn, fold: 'second' }, now)).events;
      expect(declared?.data).toMatchObject({ startsAt: '2026-10-25T01:30:00.000Z' });
    });
  });

  test('8. after the month is closed and the convention has expired, only an adjustment, in an open month', async () => {
    const at = '2026-06-01T09:00:00Z';
    const scene = await opened(at);
    await scene.all(welcome(bank, home, at));
    await scene.all(engage({ ...text, from: '2026-07-01', to: '2026-12-31' }, place, at));
    const entryId = idOf(600);
    const entry = { personId: ada.id, entryId };
    await scene.done(ada, 'DeclareHours', hours(600, place, '2026-12-15'), '2026-12-15T18:00:00Z');
    await scene.done(bank.tutor, 'ConfirmHours', entry, '2026-12-16T09:00:00Z');
    await scene.done(home.hr, 'ValidateHours', entry, '2026-12-17T09:00:00Z');
    const december = { personId: ada.id, employmentId: ada.employmentId, month: '2026-12' };
    await scene.done(clerk, 'ExpireConvention', { conventionId, on: '2026-12-31' }, '2027-01-01T05:00:00Z');
    await scene.done(home.hr, 'ClosePeriod', december, '2027-01-04T09:00:00Z');
    const { assignmentId } = place;
    const periods = [{ from: '2026-07-01', to: '2026-12-31' }];
    await scene.done(officer, 'IssueServiceCertificate', { assignmentId, periods }, '2027-01-05T09:00:00Z');
    const adjust = (deltaMinutes: number) =>
      scene.give(home.hr, 'RecordAdjustment', { ...entry, deltaMinutes, countsIn: '2027-01' }, '2027-01-11T09:00:00Z');
    expect((await adjust(-240)).rules).toEqual(['hours.correction-below-zero']);
    const adjusted = await adjust(-30);
    expect(adjusted.events.map(({ type }) => type)).toEqual(['AdjustmentRecorded', 'ServiceCertificateSuperseded']);
    const now = await time(scene);
    const [key] = Object.keys(now.months) as (keyof typeof now.months)[];
    if (key === undefined) throw new Error('no month was kept');
    const counted = (month: string) => totalsOfMonth(now, key, Month.parse(month)).map(({ minutes }) => minutes);
    expect([counted('2026-12'), counted('2027-01')]).toEqual([[210], [-30]]);
    const { certificates } = await scene.state<AssignmentState>(`assignment-${assignmentId}`);
    expect(Object.values(certificates)).toMatchObject([{ minutes: 210, superseded: true }]);
    const late = hours(601, place, '2026-12-16');
    expect((await scene.give(ada, 'DeclareHours', late, '2027-01-11T10:00:00Z')).rules).toEqual([
      'hours.period-closed',
    ]);
  });

  test('9. a suspension that reaches back leaves hours as they were declared, and keeps them from being validated', async () => {
    const scene = await opened(before);
    await scene.all(welcome(bank, home, before));
    await scene.all(engage(text, place, before));
    const entry = { personId: ada.id, entryId: idOf(600) };
    await scene.done(ada, 'DeclareHours', hours(600, place, '2027-03-10'), '2027-03-11T09:00:00Z');
    await scene.done(bank.tutor, 'ConfirmHours', entry, '2027-03-12T09:00:00Z');
    const suspended = { conventionId, from: '2027-03-09' };
    const effective = { effectiveOn: '2027-03-09' };
    await scene.done(home.representative, 'SuspendConvention', suspended, '2027-03-15T09:00:00Z', effective);
    const { entries } = await time(scene);
    expect(entries[EntryId.parse(entry.entryId)]).toMatchObject({ status: 'confirmed', minutes: 210 });
    expect((await scene.give(home.hr, 'ValidateHours', entry, '2027-03-16T09:00:00Z')).rules).toEqual([
      'hours.in-suspension',
    ]);
    // What an auditor sees: as known on the 12th the day was in force, as known today it was not.
    const force = async (recordedAt?: string) => {
      const asOf = recordedAt === undefined ? {} : { recordedAt };
      const convention = await scene.state<ConventionState>(`convention-${conventionId}`, asOf);
      return forceOn(convention, ada.id, LocalDate.parse('2027-03-10'));
    };
    expect(await force('2027-03-12T23:59:59.999Z')).toBe('in_force');
    expect(await force()).toBe('suspended');
    const span = { from: '2027-03-09', to: '' };
    expect(await exceptionsOf(scene, 'hours-in-suspension')).toMatchObject([
      {
        subject: entry.entryId,
        facts: { conventionId, personId: ada.id, dates: ['2027-03-10'], ...span },
        type: 'ConventionSuspended',
        recordedAt: new Date('2027-03-15T09:00:00Z'),
        effectiveOn: '2027-03-09',
      },
    ]);
  });

  test('10. hours end with the employment; as a volunteer afterwards there are none to declare', async () => {
    const scene = await opened(before);
    await scene.all(welcome(bank, home, before));
    await scene.all(engage(text, place, before));
    const ended = { personId: ada.id, employmentId: ada.employmentId, on: '2027-06-30' };
    await scene.done(home.hr, 'EndEmployment', ended, '2027-06-28T09:00:00Z');
    const now = '2027-07-05T09:00:00Z';
    expect((await scene.give(ada, 'DeclareHours', hours(600, place, '2027-06-29'), now)).kind).toBe('accepted');
    expect((await scene.give(ada, 'DeclareHours', hours(601, place, '2027-07-01'), now)).rules).toEqual([
      'hours.agent-left',
    ]);
    const { assignmentId } = place;
    const left = { assignmentId, on: '2027-06-30', cause: 'employment_ended' };
    await scene.done(officer, 'EndAssignment', left, now);
    const free = { ...place, assignmentId: idOf(503) };
    await scene.all(volunteer(free, now));
    const span = { title: { volunteering: true }, from: '2027-07-05', to: '2027-12-31' };
    const assigned = await scene.done(officer, 'AssignAgent', { assignmentId: idOf(503), ...span }, now);
    expect(assigned.events[0]?.framework).toEqual({ id: 'benevolat-libre', version: 1 });
    const own = hours(602, free, '2027-07-05');
    expect((await scene.give(ada, 'DeclareHours', own, '2027-07-05T18:00:00Z')).rules).toEqual(['hours.on-own-time']);
  });
});
