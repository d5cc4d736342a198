import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  type AgentTimeState,
  type AssignmentState,
  type CampaignState,
  type ConventionState,
  contributedSoFar,
  type ExchangeState,
  LocalDate,
  type MissionState,
  type PartnershipState,
  poolLeft,
  type ReviewState,
  reviewStatus,
  type ScheduleState,
  statusOn,
} from '@probono/domain';
import { type ExampleLine, linesOf, merged, moreStoryFiles, storyFiles, toldTotals } from './support/example-files.js';
import { type LineOutcome, openExamples } from './support/examples.js';
import { reckon } from './support/reckoning.js';

// Written by hand from what the stories tell; nothing here is computed.
const POOL = 6000;
const EMMAUS = {
  'Nadia Kerbrat-Ouali': { '2026-02': 720, '2026-03': 720, '2026-04': 720, '2026-05': 180 },
  'Thomas Villedieu': { '2026-02': 540, '2026-03': 900, '2026-04': 180 },
  'Odile Barrancos': { '2026-03': 720, '2026-04': 720 },
  'Samir Delattre': { '2026-05': 480 },
};
const EMMAUS_TOTALS = [
  { name: 'Nadia Kerbrat-Ouali', entries: 13, minutes: 2340 },
  { name: 'Thomas Villedieu', entries: 9, minutes: 1620 },
  { name: 'Odile Barrancos', entries: 8, minutes: 1440 },
  { name: 'Samir Delattre', entries: 3, minutes: 480 },
] as const;
const CONTRIBUTIONS = {
  financial: { count: 3, cents: 4_000_000, minutes: 0 },
  in_kind: { count: 3, cents: 600_000, minutes: 0 },
  skills: { count: 2, cents: 378_000, minutes: 13_440 },
};
const CAMPAIGN = { missions: 20, hosts: 20, volunteers: 200, placed: 200 };
const EXCHANGE = { 'Hélène Sauvageot-Brun': { '2026-09': 420, '2026-10': 840 } };

const [emmaus, defense, factory, mobility, volunteer] = moreStoryFiles();
const valerie = '3-valerie.ndjson';
const stories = [
  { name: 'Emmaüs Connect × DGFiP', files: [emmaus], lines: 261 },
  { name: 'Paris La Défense', files: [defense], lines: 14 },
  { name: 'the Probono Factory', files: [factory], lines: 634 },
  { name: 'the mobilité formatrice', files: [mobility], lines: 79 },
  { name: 'Valérie, who goes on as a volunteer', files: [valerie, volunteer], lines: 107 + 12 },
].map((story) => ({ ...story, told: merged(story.files.filter((file) => file !== undefined)) }));

const storyOf = (name: string) => {
  const index = stories.findIndex((story) => story.name.startsWith(name));
  const story = stories[index];
  if (story === undefined) throw new Error(`no story ${name}`);
  return { ...story, index };
};

/** The ids under which a story's lines of one command name something, in the order of the lines. */
const idsIn = (told: readonly ExampleLine[], command: string, field: string): readonly string[] =>
  told.filter((line) => line.command === command).map(({ data }) => String(data[field]));

const personIn = (told: readonly ExampleLine[], name: string): string =>
  String(told.find(({ command, data }) => command === 'RegisterPerson' && data.name === name)?.data.personId);

const tellings = stories.map(() => openExamples());
const outcomes: (readonly LineOutcome[])[] = [];
beforeAll(async () => {
  for (const [index, { told }] of stories.entries()) outcomes.push((await tellings[index]?.give(told)) ?? []);
}, 120_000);

/** A story with the application that it was told to, and the one id that a command of it names. */
const after = (name: string) => {
  const { told, index } = storyOf(name);
  const telling = tellings[index];
  if (telling === undefined) throw new Error(`${name} was not told`);
  const only = (command: string, field: string): string => {
    const [id, second] = idsIn(told, command, field);
    if (id === undefined || second !== undefined) throw new Error(`not one ${command} in ${name}`);
    return id;
  };
  return { told, only, ...telling };
};

/** One more line, in the words of one that was told before. */
const anew = (line: ExampleLine, at: string, data: object, commandId: string): ExampleLine => ({
  ...line,
  at,
  data: { ...line.data, ...data },
  meta: { ...line.meta, commandId },
});

const UNUSED = '019f9000-0000-7000-8000-000000000001';

test('the README tells their totals', () => {
  expect(Object.fromEntries(toldTotals())).toEqual({
    'more/4-emmaus-connect-dgfip.ndjson': '6,000 minutes in the pool, 5,880 worked',
    'more/5-paris-la-defense.ndjson': '€40,000 · €6,000 · 13,440 minutes',
    'more/6-probono-factory.ndjson': '20 associations, 200 volunteers',
    'more/7-mobilite-formatrice.ndjson': '1,260 minutes of hers, none of his',
    'more/8-valerie-volunteer.ndjson': '4 sessions held, no hours',
  });
  expect([...toldTotals().keys()]).toEqual(moreStoryFiles());
  expect(EMMAUS_TOTALS.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(5880);
});

describe('every line', () => {
  test.each(stories)('of $name is accepted, without a warning', ({ name, lines }) => {
    const { index } = storyOf(name);
    expect(outcomes[index]?.filter(({ kind, warnings }) => kind !== 'accepted' || warnings.length > 0)).toEqual([]);
    expect(outcomes[index]).toHaveLength(lines);
  });

  test.each(stories)('of $name changes something', ({ name }) => {
    expect(outcomes[storyOf(name).index]?.filter(({ events }) => events === 0)).toEqual([]);
  });

  test('has an id and a moment of its own, and each file goes forward', () => {
    const files = moreStoryFiles().map(linesOf);
    const all = [...files.flat(), ...merged(storyFiles()), ...linesOf('refusals.ndjson')];
    expect(new Set(all.map(({ meta }) => meta.commandId)).size).toBe(all.length);
    expect(new Set(all.map(({ at }) => at)).size).toBe(all.length);
    for (const lines of files) expect(lines.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).toSorted());
  });

  test.each(stories)('of $name leaves no name or words of a person in clear in the log', async ({ name }) => {
    const { told, stored } = after(name);
    const log = (await stored()).map(({ body }) => new TextDecoder().decode(body)).join('\n');
    const words = told
      .flatMap(({ command, data }) => [
        ...(command === 'RegisterPerson' ? [data.name, data.email, data.phone] : []),
        ...(command === 'DeclareHours' ? [data.activity] : []),
        ...(command === 'SubmitReview' ? [Object(data.outcomes).text] : []),
        data.reservations,
        data.stage,
      ])
      .filter((value) => typeof value === 'string');
    const publicName = String(told.find(({ command }) => command === 'RegisterOrganisation')?.data.name);
    expect(log).toContain(publicName);
    expect(words.filter((value) => log.includes(value))).toEqual([]);
  });
});

describe('Emmaüs Connect × DGFiP: one convention, four agents, one pool', () => {
  const here = () => after('Emmaüs');

  test('the hours are those that the story tells, and every month of them is closed', async () => {
    const { told, closedMonths } = here();
    expect(reckon(told)).toEqual(EMMAUS);
    for (const [name, months] of Object.entries(EMMAUS))
      expect(await closedMonths(personIn(told, name))).toEqual(months);
  });

  test('the pool was shared to its last minute, and what nobody worked went back to it', async () => {
    const { told, only, state } = here();
    const convention = await state<ConventionState>('convention', only('DraftConvention', 'conventionId'));
    const allotted = told.filter(({ command }) => command === 'AssignAgent').map(({ data }) => data.allottedMinutes);
    expect(allotted).toEqual([2400, 2100, 1500, 480]);
    expect(convention.terms?.poolMinutes).toBe(POOL);
    expect(Object.values(convention.allotments).map(({ minutes }) => minutes)).toEqual([2340, 1620, 1440, 480]);
    expect(poolLeft(convention)).toBe(120);
  });

  test('a minute more for Samir would not have been there', async () => {
    const told = here().told;
    const last = told.findLastIndex(({ command }) => command === 'AssignAgent');
    const asked = told[last];
    if (asked === undefined) throw new Error('nobody is assigned');
    const before = openExamples();
    await before.give(told.slice(0, last));
    const [more] = await before.give([anew(asked, asked.at, { allottedMinutes: 481 }, UNUSED)]);
    expect(more).toMatchObject({ kind: 'refused', why: ['convention.pool-exhausted'] });
    expect(await before.give([asked])).toEqual([expect.objectContaining({ kind: 'accepted' })]);
  });

  test('nor can Thomas still declare what went back to it, once Samir has it', async () => {
    const { told } = here();
    const samir = told.findLastIndex(({ command }) => command === 'AssignAgent');
    const thomas = personIn(told, 'Thomas Villedieu');
    const entry = told.findLast(({ command, data }) => command === 'DeclareHours' && data.personId === thomas);
    if (entry === undefined) throw new Error('Thomas has no hours');
    const { entryId } = entry.data;
    const { give } = openExamples();
    await give(told.slice(0, samir + 1));
    const more = { ...entry, command: 'CorrectHours', data: { personId: thomas, entryId, deltaMinutes: 30 } };
    const [outcome] = await give([anew(more, '2026-05-04T10:00:00Z', {}, UNUSED)]);
    expect(outcome).toMatchObject({ kind: 'refused', why: ['hours.allotment-exceeded'] });
  });

  test('both parties and all agents have looked back on it, and it is closed with its totals', async () => {
    const { told, only, state, stored } = here();
    const convention = await state<ConventionState>('convention', only('DraftConvention', 'conventionId'));
    expect(statusOn(convention, LocalDate.parse('2026-06-16'))).toBe('closed');
    const review = await state<ReviewState>('review', only('RequestReview', 'reviewId'));
    expect(reviewStatus(review)).toBe('countersigned');
    expect(Object.keys(review.agents).toSorted()).toEqual(
      EMMAUS_TOTALS.map(({ name }) => personIn(told, name)).toSorted(),
    );
    const closed = (await stored()).find(({ type }) => type === 'ConventionClosed');
    const { data } = JSON.parse(new TextDecoder().decode(closed?.body));
    expect(data.totals).toEqual(EMMAUS_TOTALS.map(({ name, ...sum }) => ({ personId: personIn(told, name), ...sum })));
  });

  test.each(EMMAUS_TOTALS)('$name has a certificate of $minutes minutes', async ({ name, minutes }) => {
    const { told, state } = here();
    const application = told.find(
      ({ command, data }) => command === 'SubmitApplication' && data.personId === personIn(told, name),
    );
    const { certificates } = await state<AssignmentState>('assignment', String(application?.data.assignmentId));
    expect(Object.values(certificates)).toEqual([expect.objectContaining({ minutes, superseded: false })]);
  });
});

test('Paris La Défense has come from money, over gifts in kind, to skills', async () => {
  const { only, state, stored } = after('Paris');
  const partnership = await state<PartnershipState>('partnership', only('OpenPartnership', 'partnershipId'));
  expect(partnership.stage).toBe('skills');
  expect(contributedSoFar(partnership)).toEqual(CONTRIBUTIONS);
  const stages = (await stored()).filter(({ type }) => type === 'PartnershipStageAdvanced');
  expect(stages).toHaveLength(3);
});

describe('the Probono Factory: one region, one cause, one day', () => {
  test('is closed with twenty associations and two hundred volunteers', async () => {
    const { only, state } = after('the Probono');
    const campaign = await state<CampaignState>('campaign', only('OpenCampaign', 'campaignId'));
    expect(campaign.opened).toMatchObject({ region: '11', cause: 'Lever les freins à l’emploi', on: '2026-10-23' });
    expect(campaign.closed).toEqual(CAMPAIGN);
    expect(Object.keys(campaign.withdrawn)).toHaveLength(3);
  });

  test('ten people sat at each table, and each association has what they made', async () => {
    const { told, state } = after('the Probono');
    const missions = await Promise.all(
      idsIn(told, 'ProposeMission', 'missionId').map((id) => state<MissionState>('mission', id)),
    );
    expect(missions.map(({ status }) => status)).toEqual(Array(20).fill('completed'));
    expect(missions.map(({ seatsTaken }) => seatsTaken)).toEqual(Array(20).fill(10));
    expect(missions.map(({ deliverables }) => Object.keys(deliverables).length)).toEqual(Array(20).fill(1));
  });

  test('people take part on their own time, which the log names as its framework', async () => {
    const enrolled = (await after('the Probono').stored()).filter(({ type }) => type === 'VolunteerEnrolled');
    const frameworks = enrolled.map(({ body }) => JSON.parse(new TextDecoder().decode(body)).framework.id);
    expect(frameworks).toEqual(Array(203 + 3).fill('benevolat-libre'));
  });
});

describe('the mobilité formatrice: each to where the other comes from', () => {
  test('the two assignments are a pair, one under a convention and one on own time', async () => {
    const { told, only, state } = after('the mobilité');
    const [there, back] = idsIn(told, 'SubmitApplication', 'assignmentId');
    if (there === undefined || back === undefined) throw new Error('two people go');
    const exchange = await state<ExchangeState>('exchange', only('PairExchange', 'exchangeId'));
    expect(exchange.paired).toEqual({ [there]: back, [back]: there });
    expect(Object.keys(exchange.cohort)).toHaveLength(2);
    const going = await state<AssignmentState>('assignment', there);
    const coming = await state<AssignmentState>('assignment', back);
    expect(going.assigned?.title).toEqual({ convention: only('DraftConvention', 'conventionId') });
    expect(coming.assigned?.title).toEqual({ volunteering: true });
  });

  test('only the official has hours, and her convention is in force', async () => {
    const { told, only, state } = after('the mobilité');
    expect(reckon(told)).toEqual(EXCHANGE);
    const convention = await state<ConventionState>('convention', only('DraftConvention', 'conventionId'));
    expect(statusOn(convention, LocalDate.parse('2026-10-26'))).toBe('in_force');
  });
});

describe('Valérie, who goes on as a volunteer', () => {
  test('is on her mission again, comes to sessions, and no hours come of it', async () => {
    const { told, state } = after('Valérie');
    const [, again] = idsIn(told, 'SubmitApplication', 'assignmentId');
    const assignment = await state<AssignmentState>('assignment', String(again));
    expect([assignment.status, assignment.assigned?.title]).toEqual(['onboarded', { volunteering: true }]);
    const { sessions } = await state<ScheduleState>('schedule', String(again));
    const statuses = Object.values(sessions).map(({ status }) => status);
    expect(statuses.filter((status) => status === 'held')).toHaveLength(4);
    expect(statuses).toHaveLength(8);
    const time = await state<AgentTimeState>('agenttime', personIn(told, 'Valérie Chastelain'));
    expect(Object.values(time.entries).filter(({ assignmentId }) => assignmentId === again)).toEqual([]);
  });

  test('who declares a day of hers all the same is told that her own time is no service', async () => {
    const { told, give } = after('Valérie');
    const [, again] = idsIn(told, 'SubmitApplication', 'assignmentId');
    const declared = told.findLast(({ command }) => command === 'DeclareHours');
    if (declared === undefined) throw new Error('no hours');
    const { sessionId: _, ...data } = declared.data;
    const day = { assignmentId: again, entryId: UNUSED, workDate: '2026-10-08', start: '09:00' };
    const [outcome] = await give([anew({ ...declared, data }, '2026-10-23T09:00:00Z', day, UNUSED)]);
    expect(outcome).toMatchObject({ kind: 'refused', why: ['hours.on-own-time'] });
  });
});
