import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  type AgentTimeState,
  type AssignmentState,
  type ConventionState,
  LocalDate,
  type MissionState,
  Month,
  type ScheduleState,
  statusOn,
  totalsOfMonth,
} from '@probono/domain';
import { type ExampleLine, expectedRefusals, linesOf, merged, storyFiles } from './support/example-files.js';
import { type LineOutcome, openExamples } from './support/examples.js';
import { reckon } from './support/reckoning.js';

// Written by hand from what the stories tell; nothing here is computed.
const MINUTES = {
  'Claire Montaubin': {
    '2026-01': 810,
    '2026-02': 840,
    '2026-03': 810,
    '2026-04': 420,
    '2026-05': 420,
    '2026-06': 840,
  },
  'Julien Garnerot': { '2026-01': 720, '2026-02': 580, '2026-03': 825, '2026-04': 480, '2026-05': 840, '2026-06': 960 },
  'Valérie Chastelain': {
    '2026-01': 420,
    '2026-02': 825,
    '2026-03': 795,
    '2026-04': 420,
    '2026-05': 810,
    '2026-06': 840,
  },
};
const STORIES = [
  { name: 'Claire Montaubin', total: 4140, sessions: { held: 10, missed: 1, cancelled: 1 } },
  { name: 'Julien Garnerot', total: 4405, sessions: { held: 37, missed: 1, cancelled: 1 } },
  { name: 'Valérie Chastelain', total: 4110, sessions: { held: 10, missed: 1, cancelled: 2 } },
] as const;
const LAST_DAY = LocalDate.parse('2026-06-30');
const JUNE = Month.parse('2026-06');

const files = storyFiles();
const lines = merged(files);
const refused = linesOf('refusals.ndjson');

/** The one line of a command that concerns a person of this name. */
const lineOf = (command: string, name: string): ExampleLine => {
  const personId = lines.find((line) => line.command === 'RegisterPerson' && line.data.name === name)?.data.personId;
  const found = lines.find((line) => line.command === command && line.data.personId === personId);
  if (found === undefined) throw new Error(`no ${command} for ${name}`);
  return found;
};
const idOf = (command: string, name: string, field: string): string => String(lineOf(command, name).data[field]);

const examples = openExamples();
let outcomes: readonly LineOutcome[] = [];
beforeAll(async () => {
  outcomes = await examples.give(lines);
});

describe('the stories', () => {
  test('are accepted, every line', () => {
    expect(outcomes.filter(({ kind }) => kind !== 'accepted')).toEqual([]);
    expect(outcomes).toHaveLength(lines.length);
  });

  test('are warned of one thing only: Julien’s workshop calls for an amendment', () => {
    const warned = outcomes.filter(({ warnings }) => warnings.length > 0);
    expect(warned).toEqual([
      expect.objectContaining({
        line: expect.stringMatching(/^2-julien.*ExtendMissionScope/),
        warnings: ['mission.amendment-due'],
      }),
    ]);
  });

  test.each(files)('%s stands by itself', async (file) => {
    const alone = await openExamples().give(linesOf(file));
    expect(alone.filter(({ kind }) => kind !== 'accepted')).toEqual([]);
  });

  test('given again, are known and change nothing', async () => {
    const before = (await examples.stored()).length;
    const again = await examples.give(linesOf('1-driee-fne.ndjson'));
    expect(again.filter(({ repeated }) => !repeated)).toEqual([]);
    expect(await examples.stored()).toHaveLength(before);
  });

  test('leave no name, address or words of a person in clear in the log', async () => {
    const log = (await examples.stored()).map(({ body }) => new TextDecoder().decode(body)).join('\n');
    const personal = lines.flatMap(({ command, data, meta }) => [
      ...(command === 'RegisterPerson' ? [data.name, data.email, data.phone] : []),
      ...(command === 'DeclareHours' ? [data.activity] : []),
      ...(command === 'OfferTestimonial' ? [data.text] : []),
      data.stage,
      meta.reason,
    ]);
    const words = personal.filter((value) => typeof value === 'string');
    expect(words.length).toBeGreaterThan(100);
    // What is public is there to be read: the search would find a name.
    expect(log).toContain('France Nature Environnement Île-de-France');
    expect(words.filter((value) => log.includes(value))).toEqual([]);
  });
});

describe('the hours, to the minute', () => {
  test('as the lines add up, are those that the stories tell', () => {
    expect(reckon(lines)).toEqual(MINUTES);
  });

  test.each(STORIES)('of $name are in the log as reckoned, month by month', async ({ name }) => {
    const personId = idOf('RegisterPerson', name, 'personId');
    const { '2026-06': june, ...closed } = MINUTES[name];
    expect(await examples.closedMonths(personId)).toEqual(closed);
    const time = await examples.state<AgentTimeState>('agenttime', personId);
    // The key is that of the very employment that the lines name.
    const [employmentId] = Object.keys(time.months) as (keyof typeof time.months)[];
    if (employmentId === undefined) throw new Error(`${name} has no month of hours`);
    expect(employmentId).toBe(idOf('StartEmployment', name, 'employmentId'));
    expect(totalsOfMonth(time, employmentId, JUNE).map(({ minutes }) => minutes)).toEqual([june]);
  });

  test.each(STORIES)('of $name are certified: $total minutes', async ({ name, total }) => {
    const assignment = await examples.state<AssignmentState>(
      'assignment',
      idOf('SubmitApplication', name, 'assignmentId'),
    );
    const standing = Object.values(assignment.certificates).filter(({ superseded }) => !superseded);
    expect(standing.map(({ minutes }) => minutes)).toEqual([total]);
  });

  test('of Valérie were certified before an adjustment, and that certificate no longer stands', async () => {
    const id = idOf('SubmitApplication', 'Valérie Chastelain', 'assignmentId');
    const { certificates } = await examples.state<AssignmentState>('assignment', id);
    expect(Object.values(certificates).map(({ minutes, superseded }) => [minutes, superseded])).toEqual([
      [2460, true],
      [4110, false],
    ]);
  });
});

describe('at the end of the last day', () => {
  test('three conventions are in force', async () => {
    const ids = lines.filter(({ command }) => command === 'DraftConvention').map(({ data }) => data.conventionId);
    const conventions = await Promise.all(ids.map((id) => examples.state<ConventionState>('convention', String(id))));
    expect(conventions.map((convention) => statusOn(convention, LAST_DAY))).toEqual(Array(3).fill('in_force'));
    expect(lines.at(-1)?.at.slice(0, 10)).toBe(LAST_DAY);
  });

  test.each(STORIES)('every session of $name was held, missed or cancelled', async ({ name, sessions }) => {
    const id = idOf('SubmitApplication', name, 'assignmentId');
    const schedule = await examples.state<ScheduleState>('schedule', id);
    const counts: Record<string, number> = {};
    for (const { status } of Object.values(schedule.sessions)) counts[status] = (counts[status] ?? 0) + 1;
    expect(counts).toEqual(sessions);
  });

  test('the association has its issue of Liaison, and people have found a job', async () => {
    const mission = (name: string) =>
      examples.state<MissionState>('mission', idOf('SubmitApplication', name, 'missionId'));
    const { deliverables } = await mission('Claire Montaubin');
    expect(Object.values(deliverables).map(({ title }) => title)).toEqual([expect.stringContaining('Liaison')]);
    const { outcomes: seen } = await mission('Valérie Chastelain');
    expect(Object.values(seen)).toEqual([
      { kind: 'confidence-regained', count: 4 },
      { kind: 'confidence-regained', count: 3 },
      { kind: 'job-found', count: 2 },
    ]);
  });

  test('Valérie, who retires, is no longer assigned; her seat is free and her mission goes on', async () => {
    const name = 'Valérie Chastelain';
    const assignment = await examples.state<AssignmentState>(
      'assignment',
      idOf('SubmitApplication', name, 'assignmentId'),
    );
    expect(assignment.ended).toEqual({ on: LAST_DAY, cause: 'employment_ended' });
    const mission = await examples.state<MissionState>('mission', idOf('SubmitApplication', name, 'missionId'));
    expect([mission.status, mission.seatsTaken]).toEqual(['started', 0]);
  });
});

describe('the lines', () => {
  const all = [...lines, ...refused];
  const inParis = (at: string) => {
    const parts = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/Paris',
      weekday: 'short',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    }).formatToParts(new Date(at));
    const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
    return {
      weekday: part('weekday'),
      day: `${part('month')}-${part('day')}`,
      time: `${part('hour')}:${part('minute')}`,
    };
  };
  // 2025 and 2026, as the calendars on the wall have them.
  const HOLIDAYS = ['11-11', '12-25', '01-01', '04-06', '05-01', '05-08', '05-14', '05-25'];

  test('have ids of their own and moments of their own, and each file goes forward', () => {
    expect(new Set(all.map(({ meta }) => meta.commandId)).size).toBe(all.length);
    expect(new Set(all.map(({ at }) => at)).size).toBe(all.length);
    for (const file of [...files, 'refusals.ndjson']) {
      const moments = linesOf(file).map(({ at }) => at);
      expect(moments).toEqual([...moments].sort());
    }
  });

  test('are said on working days, and by offices in office hours', () => {
    const odd = all.filter(({ at, meta: { actor } }) => {
      const { weekday, day, time } = inParis(at);
      const office = actor.role === 'agent' || actor.role === 'tutor' || (time >= '08:30' && time < '18:00');
      return weekday === 'Sat' || weekday === 'Sun' || HOLIDAYS.includes(day) || !office;
    });
    expect(odd).toEqual([]);
  });

  test('declare hours on the day they were done or on the next working day', () => {
    const days = lines
      .filter(({ command }) => command === 'DeclareHours')
      .map(({ at, data }) => (Date.parse(at.slice(0, 10)) - Date.parse(String(data.workDate))) / 86_400_000);
    expect(days.filter((late) => late < 0 || late > 4)).toEqual([]);
    expect(days.filter((late) => late === 0).length).toBeGreaterThan(days.length / 2);
  });
});

describe('the refusals', () => {
  const expected = expectedRefusals();

  test('are all in the table of the README', () => {
    expect([...expected.keys()]).toEqual(refused.map(({ number }) => number));
  });

  test('are refused by the rules that the README names, and write nothing', async () => {
    const before = (await examples.stored()).length;
    const told = await examples.give(refused);
    expect(told.map(({ kind, why }, i) => [i + 1, kind, [...why].sort()])).toEqual(
      [...expected].map(([number, rules]) => [number, 'refused', [...rules].sort()]),
    );
    expect(await examples.stored()).toHaveLength(before);
  });
});
