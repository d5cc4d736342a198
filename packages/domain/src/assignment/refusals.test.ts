import { describe, expect, test } from '@jest/globals';
import { past } from '@probono/testing';
import * as L from '../../test/lending.js';
import { told } from '../../test/told.js';
import { QuotaTaken } from '../agent-time/events.js';
import { HoursAllotted } from '../convention/events.js';
import { MissionCancelled, SeatTaken } from '../mission/events.js';
import { EmploymentEnded } from '../person/events.js';
import { AgentAssigned } from './events.js';

const { ids } = L;
const here = { assignmentId: ids.assignment };
const who = { personId: ids.agent, employmentId: ids.employment };
const another = L.uuid(99);
const world = L.given(...L.people, ...L.published());
const ready = world.and(...L.lending(), ...L.agreed());
const step = (n: number) => world.and(...L.agreed().slice(0, n));
const assign = (history = ready, change: object = {}) =>
  told(history.when('AssignAgent', { ...L.byConvention, ...change }, L.officer));

describe('a refusal says what one needs to know to act on it', () => {
  test('of whom the actor is not the one meant', () => {
    const assigned = ready.and(past(L.onAssignment, AgentAssigned.parse(L.terms)));
    const scopeOf = (history: typeof ready, command: string, data: object, as: typeof L.officer) =>
      told(history.when(command, { ...here, ...data }, L.stranger(as)))['role.not-designated'];
    const order = { number: '1', ...L.days };
    expect(scopeOf(step(1), 'GrantManagerApproval', {}, L.manager)).toEqual({
      role: 'manager',
      actorId: ids.stranger,
      scope: `employment ${ids.employment}`,
    });
    expect(scopeOf(step(2), 'AcceptApplication', {}, L.hostPerson)).toMatchObject({
      scope: `organisation ${ids.host}`,
    });
    expect(scopeOf(step(3), 'ConsentToAssignment', {}, L.agent)).toMatchObject({ scope: `person ${ids.agent}` });
    expect(scopeOf(assigned, 'IssueMissionOrder', order, L.authority)).toMatchObject({
      scope: `organisation ${ids.home}`,
    });
    expect(scopeOf(assigned, 'AcquireSkills', { skills: ['eau'] }, L.tutor)).toMatchObject({
      scope: `mission ${ids.mission}`,
    });
  });

  test('of the mission: its status, its seats', () => {
    const cancelled = past(L.onMission, MissionCancelled.parse({ cause: 'other' }));
    const full = past(L.onMission, SeatTaken.parse({ assignmentId: another }));
    const mission = { missionId: ids.mission, status: 'cancelled' };
    expect(assign(ready.and(full))).toEqual({ 'mission.no-seat': { missionId: ids.mission, seats: 1 } });
    expect(assign(ready.and(full, cancelled))).toEqual({
      'mission.wrong-state': { ...mission, expected: ['approved', 'published', 'started'] },
    });
    const late = world.and(cancelled).when('SubmitApplication', { ...here, missionId: ids.mission, ...who }, L.agent);
    expect(told(late)).toEqual({ 'mission.wrong-state': { ...mission, expected: ['published', 'started'] } });
  });

  test('of the convention: that there is none, whom it lends, from when to when', () => {
    const { conventionId, personId } = { conventionId: ids.convention, personId: ids.agent };
    expect(assign(world.and(...L.agreed()))).toEqual({
      'assignment.convention-not-in-force': { conventionId, personId, from: L.days.from, force: 'none' },
    });
    const withoutEmployment = world.and(...L.lending(), ...L.agreed(false));
    expect(assign(withoutEmployment)).toEqual({
      'assignment.agent-not-in-convention': { conventionId, personId, employmentId: 'none' },
    });
    expect(assign(ready, { to: '2027-07-04' })).toEqual({
      'assignment.outside-convention': {
        conventionId,
        from: L.days.from,
        to: '2027-07-04',
        conventionFrom: '2027-01-04',
        conventionTo: '2027-07-03',
      },
    });
  });

  test('of the employment: from which day it was asked for', () => {
    const left = ready.and(past(L.onAgent, EmploymentEnded.parse({ employmentId: ids.employment, on: '2027-01-10' })));
    expect(assign(left)).toEqual({ 'assignment.not-employed': { ...who, on: L.days.from } });
  });

  test('of the pool: what is left of it, what this assignment holds included, and what was asked for', () => {
    const held = (assignmentId: string, minutes: number) =>
      past(L.onConvention, HoursAllotted.parse({ assignmentId, personId: ids.agent, minutes }));
    const pool = world.and(...L.lending({ poolMinutes: 1000 }), ...L.agreed());
    const tight = pool.and(held(another, 600), held(ids.assignment, 100));
    expect(assign(tight, { allottedMinutes: 401 })).toEqual({
      'convention.pool-exhausted': { conventionId: ids.convention, asked: 401, left: 400 },
    });
    expect(assign(tight)).toEqual({
      'assignment.allotment-missing': { conventionId: ids.convention, left: 300 },
    });
  });

  test('of the duty: the share asked for, and what it would all add up to', () => {
    const quota = { num: 19, den: 20, window: 'year' as const };
    const taken = past(L.onTime, QuotaTaken.parse({ assignmentId: another, quota }));
    expect(assign(ready.and(taken))).toEqual({
      'assignment.quota-over-full': { personId: ids.agent, quota: '1/10', sum: '21/20' },
    });
  });
});
