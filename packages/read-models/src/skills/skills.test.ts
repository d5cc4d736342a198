import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { domain, type Fact, personEvents, type StreamName } from '@probono/domain';
import { jsonCodec } from '@probono/event-store';
import fc from 'fast-check';
import { engines } from '../../../../test/support/databases.js';
import { fieldCipher, memoryKeyStore } from '../../../privacy/src/index.js';
import {
  assignment as a,
  convention as c,
  homeId,
  hostId,
  id,
  mission as m,
  otherHostId,
} from '../../test/programme.js';
import { queried } from '../../test/queried.js';
import { rowsOf } from '../../test/tallies.js';
import {
  countReportedGroups,
  countSkillsAskedFor,
  listReportedGroups,
  pulse,
  skills,
  skillsAcquired,
  skillsAskedFor,
} from '../index.js';

type Step = readonly [stream: StreamName, fact: Fact];

const otherHomeId = id(4);
const [here, there, third] = [id(41), id(42), id(43)];
const [ofHome, ofOther] = [id(31), id(32)];
const person = (n: number): string => id(1000 + n);
const assigned = (n: number): StreamName => `assignment-${id(2000 + n)}`;

/** Two administrations that lend to two hosts. */
const programme: readonly Step[] = [
  [`mission-${here}`, m.proposed(hostId)],
  [`mission-${there}`, m.proposed(otherHostId)],
  [`mission-${third}`, m.proposed(id(5))],
  [`convention-${ofHome}`, c.drafted()],
  [`convention-${ofOther}`, c.drafted('2026-08-31', undefined, otherHomeId)],
];
const range = (from: number, to: number): readonly number[] => Array.from({ length: to - from }, (_, n) => from + n);
const placed = (n: number, mission = here, convention = ofHome): Step => [
  assigned(n),
  a.placed(person(n), mission, convention),
];
const answered = (n: number, scores: Record<string, number>, phase: 'start' | 'mid' | 'end' = 'start'): Step => [
  assigned(n),
  a.pulse(person(n), phase, scores),
];

describe.each(engines)('skills and pulse on %s', (engine) => {
  const keys = memoryKeyStore({ random: randomBytes, now: () => new Date(0) });
  const codec = jsonCodec({ events: domain.events, cipher: fieldCipher(keys, { random: randomBytes }) });
  const at = queried(engine, skills, codec);
  const from = () => ({ sql: at().sql, store: at().store, codec });

  test('a phase that four have answered says nothing, and the fifth makes all five speak', async () => {
    const { tellAll } = at();
    await tellAll([...programme, ...range(0, 4).flatMap((n) => [placed(n), answered(n, { ease: n + 1 })])]);
    expect(await pulse(from(), {})).toEqual([]);
    await tellAll([placed(4), answered(4, { ease: 5 })]);
    expect(await pulse(from(), {})).toEqual([{ phase: 'start', question: 'ease', persons: 5, answers: 5, sum: 15 }]);
  });

  test('one who answers five times is no group', async () => {
    const five = range(0, 5).flatMap((n): Step[] => [
      [assigned(n), a.placed(person(0), here, ofHome)],
      [assigned(n), a.pulse(person(0), 'start', { ease: 1 })],
    ]);
    await at().tellAll([...programme, ...five]);
    expect(await countReportedGroups(at().sql, {})).toBe(0);
  });

  test('phases are not mixed, nor is a question told that fewer than five answered', async () => {
    const { tellAll } = at();
    await tellAll([...programme, ...range(0, 6).map((n) => placed(n))]);
    await tellAll(range(0, 4).map((n) => answered(n, { ease: 3, use: 4 })));
    await tellAll([answered(4, { ease: 3 }), ...range(0, 4).map((n) => answered(n, { ease: 1 }, 'end'))]);
    expect(await pulse(from(), {})).toEqual([
      expect.objectContaining({ phase: 'start', question: 'ease', answers: 5 }),
    ]);
    expect(await pulse(from(), { phase: 'end' })).toEqual([]);
  });

  test('a sixth answer changes no figure until four more have come: subtracting tells nothing of one', async () => {
    const { tellAll } = at();
    await tellAll([...programme, ...range(0, 6).flatMap((n) => [placed(n), answered(n, { ease: 2 })])]);
    const before = await pulse(from(), {});
    expect(before).toMatchObject([{ persons: 5, sum: 10 }]);
    await tellAll(range(6, 10).flatMap((n) => [placed(n), answered(n, { ease: 5 })]));
    expect(await pulse(from(), {})).toMatchObject([{ persons: 10, sum: 10 + 2 + 20 }]);
  });

  test('answers too thinly spread for one host speak for their administration', async () => {
    const { tellAll, sql } = at();
    const where = [here, here, here, here, there, there, there, third, third, third];
    const thin = where.flatMap((mission, n) => [placed(n, mission), answered(n, { ease: 3 })]);
    await tellAll([...programme, ...thin.slice(0, -1)]);
    expect(await listReportedGroups(sql, {})).toEqual([]);
    await tellAll(thin.slice(-1));
    expect(await listReportedGroups(sql, {})).toMatchObject([{ homeId, hostId: null, persons: 10 }]);
    expect(await pulse(from(), { homeId })).toMatchObject([{ persons: 10, sum: 30 }]);
    expect(await pulse(from(), { hostId })).toEqual([]);
  });

  test('what is too thin even for that, volunteers with it, speaks for all together', async () => {
    const { tellAll, sql } = at();
    const cells = [
      [here, ofHome],
      [there, ofHome],
      [here, ofOther],
      [there, ofOther],
      [here, undefined],
    ] as const;
    const thin = cells.flatMap(([mission, convention], cell) =>
      range(4 * cell, 4 * cell + 4).flatMap((n): Step[] => [
        [assigned(n), a.placed(person(n), mission, convention)],
        answered(n, { ease: 4 }),
      ]),
    );
    await tellAll([...programme, ...thin.slice(0, -1)]);
    expect(await listReportedGroups(sql, {})).toEqual([]);
    await tellAll(thin.slice(-1));
    expect(await listReportedGroups(sql, {})).toMatchObject([{ homeId: null, hostId: null, persons: 20 }]);
    expect(await pulse(from(), {})).toMatchObject([{ persons: 20, sum: 80 }]);
    expect(await pulse(from(), { homeId })).toEqual([]);
  });

  test('are reported by administration, host and day, in whole groups', async () => {
    const { tellAll, sql } = at();
    const five = (first: number, mission: string, convention: string, ease: number) =>
      range(first, first + 5).flatMap((n) => [placed(n, mission, convention), answered(n, { ease })]);
    await tellAll([
      ...programme,
      ...five(0, here, ofHome, 1),
      ...five(5, there, ofHome, 2),
      ...five(10, here, ofOther, 3),
    ]);
    const sum = async (filter: Parameters<typeof pulse>[1]) => (await pulse(from(), filter))[0]?.sum;
    expect(await sum({})).toBe(30);
    expect(await sum({ homeId })).toBe(15);
    expect(await sum({ hostId })).toBe(20);
    expect(await sum({ homeId: otherHomeId, hostId })).toBe(15);
    expect(await sum({ from: '2026-03-03' })).toBeUndefined();
    const groups = await listReportedGroups(sql, { subject: 'start' });
    expect(groups).toHaveLength(3);
    expect(await listReportedGroups(sql, { after: groups[0], limit: 1 })).toEqual([groups[1]]);
    expect(await countReportedGroups(sql, { hostId: otherHostId, to: '2026-03-02' })).toBe(1);
  });

  test('skills acquired are told by name where five of a group acquired them', async () => {
    const learnt = range(0, 5).flatMap((n): Step[] => [
      placed(n),
      [assigned(n), a.skilled(person(n), 'tutoring', ...(n < 4 ? ['patience with Louise'] : []))],
    ]);
    await at().tellAll([...programme, ...learnt]);
    expect(await skillsAcquired(from(), { hostId })).toEqual([{ skill: 'tutoring', persons: 5 }]);
    expect(await skillsAcquired(from(), { hostId: otherHostId })).toEqual([]);
  });

  test('skills asked for are counted by mission and seats, by host, administration and day', async () => {
    const { tellAll, sql } = at();
    await tellAll([
      [`mission-${here}`, m.proposed(hostId, 3, ['tutoring', 'water'])],
      [`mission-${there}`, m.proposed(otherHostId, 2, ['tutoring'])],
      [`mission-${third}`, m.proposed(otherHostId, 9, ['law'])],
      [`mission-${third}`, m.rejected],
      [`mission-${there}`, m.extended(['tutoring', 'drawing'])],
      [`convention-${ofHome}`, c.drafted()],
      placed(0, there),
    ]);
    expect(await skillsAskedFor(sql, {})).toEqual([
      { skill: 'drawing', missions: 1, seats: 2 },
      { skill: 'tutoring', missions: 2, seats: 5 },
      { skill: 'water', missions: 1, seats: 3 },
    ]);
    expect(await skillsAskedFor(sql, { hostId, after: 'tutoring' })).toMatchObject([{ skill: 'water' }]);
    expect(await skillsAskedFor(sql, { homeId, limit: 1 })).toEqual([{ skill: 'drawing', missions: 1, seats: 2 }]);
    expect(await countSkillsAskedFor(sql, {})).toBe(3);
    expect(await countSkillsAskedFor(sql, { skill: 'water', from: '2026-03-03' })).toBe(0);
  });

  test('hold nothing of what was said, and an erasure silences the group at once and for good', async () => {
    const { tellAll, sql, readModels } = at();
    const said = range(70, 80).flatMap((n): Step[] => [
      placed(n),
      answered(n, { ease: 4 }),
      [assigned(n), a.skilled(person(n), 'canary')],
    ]);
    await tellAll([...programme, ...said]);
    const tables = async () =>
      JSON.stringify(await Promise.all(skills.tables.map(({ name }) => rowsOf(sql, `skills_${name}`))), (_, value) =>
        typeof value === 'bigint' ? String(value) : value,
      );
    expect(await tables()).not.toMatch(/ease|canary/);
    expect(await pulse(from(), {})).toMatchObject([{ persons: 10, sum: 40 }]);

    // The key goes first; the read model has not been told yet.
    await keys.destroyKey(person(77));
    expect(await pulse(from(), {})).toMatchObject([{ persons: 5, sum: 20 }]);
    expect(await skillsAcquired(from(), {})).toEqual([{ skill: 'canary', persons: 5 }]);

    const destroyed = personEvents.SubjectKeyDestroyed.parse({ visa: 'AD75-12', legalBasis: 'L212-2' });
    await tellAll([[`person-${person(77)}`, destroyed]]);
    expect(await tables()).not.toContain(person(77));
    expect(await pulse(from(), {})).toMatchObject([{ persons: 5, sum: 20 }]);
    expect(await readModels.reconcile('skills')).toMatchObject({ differences: [] });
  });

  test.each([1, 2, 3])(
    'put every answer into one group at most, whose label holds for all in it: run %i',
    async (seed) => {
      const { tellAll, sql } = at();
      const draw = fc.array(fc.record({ who: fc.nat(39), score: fc.integer({ min: 1, max: 5 }) }), {
        ...{ minLength: 120, maxLength: 120 },
      });
      const drawn = fc.sample(draw, { seed, numRuns: 1 })[0] ?? [];
      const whereIs = (n: number) => ({
        mission: n % 3 === 0 ? here : there,
        convention: n % 4 === 0 ? ofOther : ofHome,
      });
      const steps = drawn.flatMap(({ who, score }, n): Step[] => {
        const { mission, convention } = whereIs(n);
        return [
          [assigned(n), a.placed(person(who), mission, convention)],
          [assigned(n), a.pulse(person(who), 'mid', { ease: score })],
        ];
      });
      await tellAll([...programme, ...steps]);

      const members = await sql.query<{ group_id: string; stream: string; person_id: string }>(
        'SELECT group_id, stream, person_id FROM probono_read.skills_members',
      );
      const waiting = await sql.query<{ stream: string; person_id: string }>(
        'SELECT stream, person_id FROM probono_read.skills_waiting',
      );
      expect([...members, ...waiting].map(({ stream }) => stream).sort()).toEqual(
        drawn.map((_, n) => assigned(n)).sort(),
      );
      expect(new Set(waiting.map(({ person_id }) => person_id)).size).toBeLessThan(20);
      const groups = await listReportedGroups(sql, { limit: 1000 });
      expect(groups.length).toBeGreaterThan(5);
      let total = 0;
      for (const { groupId, homeId: ofGroup, hostId: atHost, persons } of groups) {
        const streams = members.filter(({ group_id }) => group_id === groupId).map(({ stream }) => stream);
        const numbers = drawn.flatMap((_, n) => (streams.includes(assigned(n)) ? [n] : []));
        expect(new Set(numbers.map((n) => drawn[n]?.who)).size).toBe(persons);
        expect(persons).toBeGreaterThanOrEqual(5);
        for (const { mission, convention } of numbers.map(whereIs)) {
          if (ofGroup !== null) expect(convention === ofHome ? homeId : otherHomeId).toBe(ofGroup);
          if (atHost !== null) expect(mission === here ? hostId : otherHostId).toBe(atHost);
        }
        for (const n of numbers) total += drawn[n]?.score ?? 0;
      }
      expect(await pulse(from(), {})).toMatchObject([{ phase: 'mid', answers: members.length, sum: total }]);
    },
  );
});
