import { describe, expect, test } from '@jest/globals';
import { past, scenarios } from '@probono/testing';
import fc from 'fast-check';
import * as F from '../../test/factory.js';
import { AgentAssigned, ApplicationSubmitted, AssignmentEnded } from '../assignment/events.js';
import { idf2017Pilot } from '../framework/idf-2017-pilot.js';
import { into } from '../kernel/event.js';
import { MissionCancelled, SeatReleased, SeatTaken } from '../mission/events.js';
import type { MissionState } from '../mission/state.js';
import { CampaignClosed, EnrolmentWithdrawn, VolunteerEnrolled } from './events.js';
import { campaignHandlersFor } from './index.js';
import type { CampaignState } from './state.js';

const here = { campaignId: F.campaignId };
const enrol = (n: number, on?: number, under = n) => ({
  ...here,
  personId: F.volunteer(n),
  ...(on === undefined ? {} : { missionId: F.mission(on), assignmentId: F.seat(under) }),
});
const withdraw = (n: number) => ({ ...here, personId: F.volunteer(n) });
const place = (n: number, on: number) => ({
  personId: F.volunteer(n),
  missionId: F.mission(on),
  assignmentId: F.seat(n),
});
const onMission = `mission-${F.mission(1)}` as const;
const onSeat = (n: number) => `assignment-${F.seat(n)}` as const;

const open = F.given(F.opened, F.joined(1), ...F.approved(1, { seats: 1 }), ...[1, 2, 3].map(F.known));
const enrolled = open.when('EnrolVolunteer', enrol(1), F.inPerson(1)).next();
const placed = open.when('EnrolVolunteer', enrol(1, 1), F.inPerson(1)).next();

describe('enrolling', () => {
  test('is for anyone in person, or by the officer for them, without a mission at first', () => {
    const plain = VolunteerEnrolled.parse({ personId: F.volunteer(1) });
    open.when('EnrolVolunteer', enrol(1), F.inPerson(1)).expectEvents(plain);
    open.when('EnrolVolunteer', enrol(1), F.officer('2027-10-22')).expectEvents(plain);
    open.when('EnrolVolunteer', enrol(1), F.inPerson(2)).expectRefusals('role.not-designated');
  });
  test('on a mission holds one of its seats', () => {
    const taken = into(onMission, SeatTaken.parse({ assignmentId: F.seat(1) }));
    const facts = [{ ...VolunteerEnrolled.parse(place(1, 1)), stream: F.onCampaign }, taken];
    open.when('EnrolVolunteer', enrol(1, 1), F.inPerson(1)).expectEvents(...facts);
    enrolled.when('EnrolVolunteer', enrol(1, 1), F.officer()).expectEvents(...facts);
  });
  test('keeps a seat that was reserved for it step by step', () => {
    const seat = { missionId: F.mission(1), assignmentId: F.seat(1) };
    const reserved = open.when('TakeSeat', seat, F.officer()).next();
    reserved.when('EnrolVolunteer', enrol(1, 1), F.officer()).expectEvents(VolunteerEnrolled.parse(place(1, 1)));
  });
  test('stops where the seats of the mission are taken, by whomever', () => {
    placed.when('EnrolVolunteer', enrol(2, 1), F.inPerson(2)).expectRefusals('mission.no-seat');
    const assigned = open.and(past(onMission, SeatTaken.parse({ assignmentId: F.seat(99) })));
    assigned.when('EnrolVolunteer', enrol(2, 1), F.inPerson(2)).expectRefusals('mission.no-seat');
  });
  test('is on a mission of the campaign that goes on', () => {
    open
      .and(...F.approved(2))
      .when('EnrolVolunteer', enrol(1, 2), F.inPerson(1))
      .expectRefusals('campaign.mission-not-in-campaign');
    open
      .and(past(onMission, MissionCancelled.parse({ cause: 'host_request' })))
      .when('EnrolVolunteer', enrol(1, 1), F.inPerson(1))
      .expectRefusals('mission.wrong-state');
  });
  test('needs someone known to the programme, an open campaign, and its day not past', () => {
    open.when('EnrolVolunteer', enrol(9), F.inPerson(9)).expectRefusals('person.wrong-state');
    F.given(F.known(1)).when('EnrolVolunteer', enrol(1), F.inPerson(1)).expectRefusals('campaign.wrong-state');
    open.when('EnrolVolunteer', enrol(1), F.inPerson(1, '2027-10-23')).expectRefusals('campaign.day-past');
    open.when('EnrolVolunteer', enrol(1), { ...F.officer('2027-10-25'), effectiveOn: '2027-10-22' }).expectFindings();
  });
  test('twice is already so; on another mission, the first is withdrawn before', () => {
    enrolled.when('EnrolVolunteer', enrol(1), F.inPerson(1)).expectAlreadySo();
    placed.when('EnrolVolunteer', enrol(1, 1), F.inPerson(1)).expectAlreadySo();
    const second = placed.and(F.joined(2), ...F.approved(2));
    second.when('EnrolVolunteer', enrol(1, 2, 5), F.inPerson(1)).expectRefusals('campaign.already-enrolled');
    second.when('EnrolVolunteer', enrol(1), F.inPerson(1)).expectRefusals('campaign.already-enrolled');
  });
  test("never holds a seat under somebody else's id", () => {
    const two = placed.and(F.joined(2), ...F.approved(2));
    two.when('EnrolVolunteer', enrol(2, 2, 1), F.inPerson(2)).expectRefusals('campaign.assignment-of-other');
    const applied = { missionId: F.mission(1), personId: F.volunteer(3) };
    const application = past(onSeat(2), ApplicationSubmitted.parse(applied));
    open
      .and(application)
      .when('EnrolVolunteer', enrol(2, 1), F.inPerson(2))
      .expectRefusals('campaign.assignment-of-other');
    open
      .and(application)
      .when('EnrolVolunteer', enrol(3, 1, 2), F.inPerson(3))
      .expectFindings();
  });
  test('is under the framework for people on their own time, in its newest version', () => {
    const { decision } = open.when('EnrolVolunteer', enrol(1), F.inPerson(1));
    expect(decision.accepted && decision.framework).toEqual({ id: 'benevolat-libre', version: 2 });
    const without = scenarios({ handlers: campaignHandlersFor([idf2017Pilot]), rules: F.rules }).given(...open.history);
    const other = without.when('EnrolVolunteer', enrol(1), F.inPerson(1)).expectFindings();
    expect(other.decision).not.toHaveProperty('framework');
  });
  test('on a mission names the id that the seat is held under', () => {
    const { assignmentId: _, ...without } = enrol(1, 1);
    expect(() => open.when('EnrolVolunteer', without, F.inPerson(1))).toThrow('a seat is held');
  });
});

describe('withdrawing', () => {
  const withdrawn = EnrolmentWithdrawn.parse({ personId: F.volunteer(1) });
  test('is for the volunteer in person, or the officer for who did not come', () => {
    enrolled.when('WithdrawEnrolment', withdraw(1), F.inPerson(1)).expectEvents(withdrawn);
    enrolled.when('WithdrawEnrolment', withdraw(1), F.officer('2027-10-25')).expectEvents(withdrawn);
    enrolled.when('WithdrawEnrolment', withdraw(1), F.inPerson(2)).expectRefusals('role.not-designated');
  });
  test('gives the seat back, and the next one may have it', () => {
    const left = placed.when('WithdrawEnrolment', withdraw(1), F.inPerson(1));
    left.expectEvents(
      { ...withdrawn, stream: F.onCampaign },
      into(onMission, SeatReleased.parse({ assignmentId: F.seat(1) })),
    );
    left.next().when('EnrolVolunteer', enrol(2, 1), F.inPerson(2)).expectFindings();
    left.next().when('EnrolVolunteer', enrol(1, 1), F.inPerson(1)).expectFindings();
  });
  test('twice is already so; who never enrolled cannot', () => {
    const left = enrolled.when('WithdrawEnrolment', withdraw(1), F.inPerson(1)).next();
    left.when('WithdrawEnrolment', withdraw(1), F.inPerson(1)).expectAlreadySo();
    enrolled.when('WithdrawEnrolment', withdraw(2), F.inPerson(2)).expectRefusals('campaign.wrong-state');
    F.given().when('WithdrawEnrolment', withdraw(1), F.inPerson(1)).expectRefusals('campaign.wrong-state');
    const closed = enrolled.when('CloseCampaign', here, F.officer('2027-10-22')).next();
    closed.when('WithdrawEnrolment', withdraw(1), F.inPerson(1)).expectRefusals('campaign.wrong-state');
  });
  test('waits for the end of an assignment that was made of it', () => {
    const { personId, missionId } = place(1, 1);
    const title = { volunteering: true as const };
    const terms = { title, personId, missionId, from: '2027-10-22', to: '2027-10-22' };
    const assigned = placed.and(past(onSeat(1), AgentAssigned.parse(terms)));
    assigned.when('WithdrawEnrolment', withdraw(1), F.inPerson(1)).expectRefusals('campaign.volunteer-assigned');
    const ended = assigned.and(
      past(onSeat(1), AssignmentEnded.parse({ on: '2027-10-22', cause: 'completed' })),
      past(onMission, SeatReleased.parse({ assignmentId: F.seat(1) })),
    );
    ended.when('WithdrawEnrolment', withdraw(1), F.officer('2027-10-22')).expectEvents(withdrawn);
  });
});

test('two hundred volunteers of twenty associations, on one day', () => {
  const missions = Array.from({ length: 20 }, (_, n) => n);
  let factory = F.given(
    F.opened,
    ...missions.flatMap((n) => [...F.approved(n), F.joined(n)]),
    ...Array.from({ length: 201 }, (_, n) => F.known(n)),
  );
  for (let n = 0; n < 200; n++) factory = factory.when('EnrolVolunteer', enrol(n, n % 20), F.inPerson(n)).next();
  factory.when('EnrolVolunteer', enrol(200, 7), F.inPerson(200)).expectRefusals('mission.no-seat');
  const totals = { missions: 20, hosts: 20, volunteers: 200, placed: 200 };
  factory.when('CloseCampaign', here, F.officer('2027-10-22')).expectEvents(CampaignClosed.parse({ totals }));
});

test('whatever is tried, a volunteer on a mission holds one seat, and no seat is held for nobody', () => {
  const attempt = fc.record({
    who: fc.integer({ min: 1, max: 3 }),
    on: fc.constantFrom(undefined, 1, 2),
    stay: fc.boolean(),
  });
  const two = open.and(F.joined(2), ...F.approved(2, { seats: 2 }));
  fc.assert(
    fc.property(fc.array(attempt, { maxLength: 20 }), (attempts) => {
      let history = two;
      for (const { who, on, stay } of attempts) {
        const [command, data] = stay
          ? (['EnrolVolunteer', enrol(who, on)] as const)
          : (['WithdrawEnrolment', withdraw(who)] as const);
        history = history.when(command, data, F.inPerson(who)).next();
        expect(history.when(command, data, F.inPerson(who)).next().history.length).toBe(history.history.length);
        // The aggregates' own states.
        const { volunteers } = history.state(F.onCampaign) as CampaignState;
        for (const n of [1, 2]) {
          const { seats, proposed } = history.state(`mission-${F.mission(n)}`) as MissionState;
          const on = Object.values(volunteers).flatMap((at) =>
            at?.missionId === F.mission(n) ? [at.assignmentId] : [],
          );
          expect(Object.keys(seats).sort()).toEqual([...on].sort());
          expect(on.length).toBeLessThanOrEqual(proposed?.seats ?? 0);
        }
      }
    }),
    { numRuns: 60 },
  );
});
