import { describe, expect, test } from '@jest/globals';
import { past } from '@probono/testing';
import * as L from '../../test/lending.js';
import { QuotaReleased, QuotaTaken } from '../agent-time/events.js';
import { AllotmentReleased, ConventionSuspended, HoursAllotted, TerminationNoticeGiven } from '../convention/events.js';
import { into } from '../kernel/event.js';
import { MissionCancelled, SeatReleased, SeatTaken } from '../mission/events.js';
import { EmploymentEnded, ManagerSet } from '../person/events.js';
import { AgentAssigned, AssignmentEnded } from './events.js';

const { ids } = L;
const { assignment: assignmentId } = ids;
const seatTaken = into(L.onMission, SeatTaken.parse({ assignmentId }));
const quotaTaken = into(L.onTime, QuotaTaken.parse({ assignmentId, quota: L.tenth }));
const assigned = AgentAssigned.parse(L.terms);
const ready = L.given(...L.people, ...L.published(), ...L.lending(), ...L.agreed());
const pooled = L.given(...L.people, ...L.published(), ...L.lending({ poolMinutes: 1000 }), ...L.agreed());
const another = L.uuid(99);

describe('assigning under a convention', () => {
  test('takes the seat and the quota in the same decision', () => {
    const { decision } = ready
      .when('AssignAgent', L.byConvention, L.officer)
      .expectEvents(assigned, seatTaken, quotaTaken);
    expect(decision).toMatchObject({ framework: { id: 'idf-2017-pilot', version: 1 }, effectiveOn: '2027-01-04' });
  });
  test('takes the allotted minutes from the pool', () => {
    const data = { ...L.byConvention, allottedMinutes: 600 };
    const allotted = HoursAllotted.parse({ assignmentId, personId: ids.agent, minutes: 600 });
    pooled
      .when('AssignAgent', data, L.officer)
      .expectEvents(
        AgentAssigned.parse({ ...L.terms, allottedMinutes: 600 }),
        seatTaken,
        into(L.onConvention, allotted),
        quotaTaken,
      );
  });
  test('takes nothing twice of what was reserved step by step', () => {
    ready
      .and(past(L.onMission, seatTaken), past(L.onTime, quotaTaken))
      .when('AssignAgent', L.byConvention, L.officer)
      .expectEvents(assigned);
  });
  test('counts what was reserved for it once, where the rest is taken', () => {
    const others = { assignmentId: another, quota: { num: 9, den: 10, window: 'week' as const } };
    pooled
      .and(
        past(L.onTime, QuotaTaken.parse(others)),
        past(L.onTime, quotaTaken),
        past(L.onConvention, HoursAllotted.parse({ assignmentId: another, personId: ids.stranger, minutes: 400 })),
        past(L.onConvention, HoursAllotted.parse({ assignmentId, personId: ids.agent, minutes: 600 })),
        past(L.onMission, seatTaken),
      )
      .when('AssignAgent', { ...L.byConvention, allottedMinutes: 600 }, L.officer)
      .expectEvents(AgentAssigned.parse({ ...L.terms, allottedMinutes: 600 }));
  });
  test('gives back what was reserved beyond its need', () => {
    const released = AllotmentReleased.parse({ assignmentId, personId: ids.agent, minutes: 100 });
    pooled
      .and(past(L.onConvention, HoursAllotted.parse({ assignmentId, personId: ids.agent, minutes: 700 })))
      .when('AssignAgent', { ...L.byConvention, allottedMinutes: 600 }, L.officer)
      .expectEvents(
        AgentAssigned.parse({ ...L.terms, allottedMinutes: 600 }),
        seatTaken,
        into(L.onConvention, released),
        quotaTaken,
      );
  });
  test('sent twice is already so; with other facts it is the wrong state', () => {
    const once = ready.when('AssignAgent', L.byConvention, L.officer).next();
    once.when('AssignAgent', L.byConvention, L.officer).expectAlreadySo();
    const later = { ...L.byConvention, to: '2027-06-29' };
    once.when('AssignAgent', later, L.officer).expectRefusals('assignment.wrong-state');
  });
  test('waits for the consent of all', () => {
    const unanswered = L.given(...L.people, ...L.published(), ...L.lending(), ...L.agreed().slice(0, 2));
    unanswered.when('AssignAgent', L.byConvention, L.officer).expectRefusals('assignment.wrong-state');
  });
  test('needs a free seat', () => {
    ready
      .and(past(L.onMission, SeatTaken.parse({ assignmentId: another })))
      .when('AssignAgent', L.byConvention, L.officer)
      .expectRefusals('mission.no-seat');
  });
  test('needs a mission that goes on', () => {
    ready
      .and(past(L.onMission, MissionCancelled.parse({ cause: 'other' })))
      .when('AssignAgent', L.byConvention, L.officer)
      .expectRefusals('mission.wrong-state');
  });
  test('needs minutes left in the pool, and says all reasons at once', () => {
    const full = pooled.and(
      past(L.onConvention, HoursAllotted.parse({ assignmentId: another, personId: ids.stranger, minutes: 500 })),
      past(L.onMission, SeatTaken.parse({ assignmentId: another })),
    );
    const data = { ...L.byConvention, allottedMinutes: 501 };
    full.when('AssignAgent', data, L.officer).expectRefusals('convention.pool-exhausted', 'mission.no-seat');
  });
  test('says how much of the pool it takes', () => {
    pooled.when('AssignAgent', L.byConvention, L.officer).expectRefusals('assignment.allotment-missing');
  });
  test('needs a convention that is signed', () => {
    L.given(...L.people, ...L.published(), ...L.lending().slice(0, 2), ...L.agreed())
      .when('AssignAgent', L.byConvention, L.officer)
      .expectRefusals('assignment.convention-not-in-force');
  });
  test('needs a convention that exists', () => {
    L.given(...L.people, ...L.published(), ...L.agreed())
      .when('AssignAgent', L.byConvention, L.officer)
      .expectRefusals('assignment.convention-not-in-force');
  });
  test('of one who is not in the convention is told so alone', () => {
    const volunteer = L.given(...L.people, ...L.published(), ...L.lending(), ...L.agreed(false));
    volunteer
      .when('AssignAgent', { ...L.byConvention, from: '2026-01-01' }, L.officer)
      .expectRefusals('assignment.agent-not-in-convention');
  });
  test('from another employment than the one that the convention lends is told so', () => {
    const lent = L.lending({ agents: [{ personId: ids.agent, employmentId: another }] });
    L.given(...L.people, ...L.published(), ...lent, ...L.agreed())
      .when('AssignAgent', L.byConvention, L.officer)
      .expectRefusals('assignment.agent-not-in-convention');
  });
  test('of a stranger to the convention who has no employment is told so too', () => {
    const lent = L.lending({ agents: [{ personId: ids.stranger, employmentId: another }] });
    L.given(...L.people, ...L.published(), ...lent, ...L.agreed(false))
      .when('AssignAgent', L.byConvention, L.officer)
      .expectRefusals('assignment.agent-not-in-convention');
  });
  test.each([
    ['begins before it', { from: '2027-01-03' }],
    ['ends after it', { to: '2027-07-04' }],
  ])('is outside the convention when it %s', (_, change) => {
    ready
      .when('AssignAgent', { ...L.byConvention, ...change }, L.officer)
      .expectRefusals('assignment.outside-convention');
  });
  test('fills the convention from its first day to its last, at all of its quota', () => {
    const whole = { from: '2027-01-04', to: '2027-07-03', quota: { num: 1, den: 5, window: 'week' } };
    ready.when('AssignAgent', { ...L.byConvention, ...whole }, L.officer).expectFindings();
    ready.when('AssignAgent', { ...L.byConvention, from: '2027-07-03', to: '2027-07-03' }, L.officer).expectFindings();
  });
  test('that begins after the convention is outside it, and nothing else', () => {
    ready
      .when('AssignAgent', { ...L.byConvention, from: '2027-07-04', to: '2027-07-05' }, L.officer)
      .expectRefusals('assignment.outside-convention');
  });
  test('is outside the convention by its last day, too, when it is not in force on its first', () => {
    const suspended = past(L.onConvention, ConventionSuspended.parse({ from: '2027-01-04', to: '2027-01-31' }));
    ready
      .and(suspended)
      .when('AssignAgent', { ...L.byConvention, to: '2027-07-04' }, L.officer)
      .expectRefusals('assignment.outside-convention', 'assignment.convention-not-in-force');
  });
  test('is outside the convention when a notice ends before it', () => {
    const notice = { by: 'host' as const, givenOn: '2027-01-04', endsOn: '2027-03-31' };
    ready
      .and(past(L.onConvention, TerminationNoticeGiven.parse(notice)))
      .when('AssignAgent', L.byConvention, L.officer)
      .expectRefusals('assignment.outside-convention');
  });
  test('is under a convention with the host of the mission', () => {
    L.given(...L.people, ...L.published(), ...L.lending({ hostId: another }), ...L.agreed())
      .when('AssignAgent', L.byConvention, L.officer)
      .expectRefusals('assignment.other-host');
  });
  test('stays within the quota of the convention', () => {
    const data = { ...L.byConvention, quota: { num: 1, den: 4, window: 'week' } };
    ready.when('AssignAgent', data, L.officer).expectRefusals('assignment.quota-above-convention');
  });
  test('fills the duty to the whole exactly, and no further', () => {
    const held = (num: number, den: number) =>
      past(L.onTime, QuotaTaken.parse({ assignmentId: another, quota: { num, den, window: 'year' } }));
    ready.and(held(9, 10)).when('AssignAgent', L.byConvention, L.officer).expectFindings();
    ready
      .and(held(9001, 10_000))
      .when('AssignAgent', L.byConvention, L.officer)
      .expectRefusals('assignment.quota-over-full');
  });
  test('needs the employment on the first day', () => {
    ready
      .and(past(L.onAgent, EmploymentEnded.parse({ employmentId: ids.employment, on: '2027-01-10' })))
      .when('AssignAgent', L.byConvention, L.officer)
      .expectRefusals('assignment.not-employed');
  });
  test('without the employment, whose manager it has is not asked', () => {
    const own = { employmentId: ids.employment, personId: ids.agent, from: '2027-01-01' };
    ready
      .and(past(L.onAgent, ManagerSet.parse(own)))
      .and(past(L.onAgent, EmploymentEnded.parse({ employmentId: ids.employment, on: '2027-01-10' })))
      .when('AssignAgent', L.byConvention, L.officer)
      .expectRefusals('assignment.not-employed');
  });
  test('needs a manager who is somebody else', () => {
    const own = { employmentId: ids.employment, personId: ids.agent, from: '2027-01-01' };
    ready
      .and(past(L.onAgent, ManagerSet.parse(own)))
      .when('AssignAgent', L.byConvention, L.officer)
      .expectRefusals('assignment.manager-is-agent');
  });
  test('is refused where the agent had approved in person', () => {
    const approved = L.agreed().map((each, i) => (i === 1 ? { ...each, actor: L.agent.actor } : each));
    L.given(...L.people, ...L.published(), ...L.lending(), ...approved)
      .when('AssignAgent', L.byConvention, L.officer)
      .expectRefusals('assignment.manager-is-agent');
  });
  test('to general support is not asked to be justified by the pilot', () => {
    L.given(...L.people, ...L.published({ kind: 'general_support' }), ...L.lending(), ...L.agreed())
      .when('AssignAgent', L.byConvention, L.officer)
      .expectFindings();
  });
  test("is the officer's alone", () => {
    ready.when('AssignAgent', L.byConvention, L.agent).expectRefusals('role.not-allowed');
  });
});

describe('ending an assignment', () => {
  const running = pooled.when('AssignAgent', { ...L.byConvention, allottedMinutes: 600 }, L.officer).next();
  const end = { assignmentId, on: '2027-03-31', cause: 'agent_request' };
  const april = { ...L.officer, at: '2027-04-01T09:00:00Z' };
  const quotaReleased = into(L.onTime, QuotaReleased.parse({ assignmentId, quota: L.tenth }));
  const seatReleased = into(L.onMission, SeatReleased.parse({ assignmentId }));
  test('releases the seat, the quota, and the minutes that were not declared', () => {
    const released = AllotmentReleased.parse({ assignmentId, personId: ids.agent, minutes: 600 - 210 });
    running
      .and(L.declared(210))
      .when('EndAssignment', end, april)
      .expectEvents(
        AssignmentEnded.parse({ on: '2027-03-31', cause: 'agent_request' }),
        seatReleased,
        into(L.onConvention, released),
        quotaReleased,
      );
  });
  test('releases no minutes when all were declared', () => {
    running
      .and(L.declared(600))
      .when('EndAssignment', end, april)
      .expectEvents(AssignmentEnded.parse({ on: '2027-03-31', cause: 'agent_request' }), seatReleased, quotaReleased);
  });
  test('sent twice is already so; with another day it is the wrong state', () => {
    const ended = running.when('EndAssignment', end, april).next();
    ended.when('EndAssignment', end, april).expectAlreadySo();
    ended.when('EndAssignment', { ...end, on: '2027-03-30' }, april).expectRefusals('assignment.wrong-state');
  });
  test('is recorded when the day has come where the mission is', () => {
    running
      .when('EndAssignment', end, { ...april, at: '2027-03-30T21:59:00Z' })
      .expectRefusals('assignment.ends-in-the-future');
    running.when('EndAssignment', end, { ...april, at: '2027-03-30T22:00:00Z' }).expectFindings();
  });
  test('is judged by the clock, whatever day it is said to be effective on', () => {
    const said = { ...L.officer, at: '2027-03-30T12:00:00Z', effectiveOn: '2027-04-30' };
    running.when('EndAssignment', end, said).expectRefusals('assignment.ends-in-the-future');
    running.when('EndAssignment', end, { ...april, effectiveOn: '2027-03-01' }).expectFindings();
  });
  test('gives back only what it holds', () => {
    const ended = AssignmentEnded.parse({ on: '2027-03-31', cause: 'agent_request' });
    ready
      .when('AssignAgent', L.byConvention, L.officer)
      .next()
      .when('EndAssignment', end, april)
      .expectEvents(ended, seatReleased, quotaReleased);
    const { quota: _, ...bare } = L.terms;
    const holdingNothing = past(L.onAssignment, AgentAssigned.parse({ ...bare, title: { volunteering: true } }));
    ready.and(holdingNothing).when('EndAssignment', end, april).expectEvents(ended);
    ready.and(past(L.onAssignment, assigned)).when('EndAssignment', end, april).expectEvents(ended);
  });
  test('leaves the seat free, whoever ends it', () => {
    const after = running.when('EndAssignment', end, { ...L.clerk, at: april.at }).next();
    expect(after.state(L.onMission)).toMatchObject({ seatsTaken: 0, seats: {} });
  });
});
