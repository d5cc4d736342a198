import { describe, expect, test } from '@jest/globals';
import { past } from '@probono/testing';
import * as L from '../../test/lending.js';
import { into } from '../kernel/event.js';
import { SeatTaken } from '../mission/events.js';
import { LeaveGranted } from '../person/events.js';
import { AgentAssigned } from './events.js';

const { ids } = L;
const { assignment: assignmentId } = ids;
const seatTaken = into(L.onMission, SeatTaken.parse({ assignmentId }));
const ready = L.given(...L.people, ...L.published(), ...L.lending(), ...L.agreed());
const another = L.uuid(99);
const here = { assignmentId };

describe('assigning under another title', () => {
  const volunteering = { assignmentId, title: { volunteering: true }, ...L.days };
  const { employmentId: _, quota: __, ...bare } = L.terms;
  test('a volunteer needs no convention, quota or employment', () => {
    L.given(...L.people, ...L.published(), ...L.agreed(false))
      .when('AssignAgent', volunteering, L.officer)
      .expectEvents(AgentAssigned.parse({ ...bare, title: { volunteering: true } }), seatTaken);
  });
  test('one who is employed may volunteer too, and the employment is not told', () => {
    ready
      .when('AssignAgent', volunteering, L.officer)
      .expectEvents(AgentAssigned.parse({ ...bare, title: { volunteering: true } }), seatTaken);
  });
  const leave = { assignmentId, title: { leave: ids.employment }, from: '2027-02-01', to: '2027-02-03' };
  test('a leave must be granted', () => {
    ready.when('AssignAgent', leave, L.officer).expectRefusals('assignment.leave-not-granted');
    const elsewhere = { hostId: another, from: leave.from, to: leave.to, workingDays: 3, officeHeld: true };
    ready
      .and(past(L.onAgent, LeaveGranted.parse({ employmentId: ids.employment, ...elsewhere })))
      .when('AssignAgent', leave, L.officer)
      .expectRefusals('assignment.leave-not-granted');
  });
  test.each([
    ['from another employment', { employmentId: another }],
    ['from a later day', { from: '2027-02-02' }],
    ['to an earlier day', { to: '2027-02-02' }],
  ])('a leave granted %s is not enough', (_, change) => {
    const granted = { employmentId: ids.employment, hostId: ids.host, from: leave.from, to: leave.to };
    ready
      .and(past(L.onAgent, LeaveGranted.parse({ ...granted, workingDays: 3, officeHeld: true, ...change })))
      .when('AssignAgent', leave, L.officer)
      .expectRefusals('assignment.leave-not-granted');
  });
  test('a leave can be taken by one who applied without saying from which employment', () => {
    const granted = { hostId: ids.host, from: leave.from, to: leave.to, workingDays: 3, officeHeld: true };
    L.given(...L.people, ...L.published(), ...L.agreed(false))
      .and(past(L.onAgent, LeaveGranted.parse({ employmentId: ids.employment, ...granted })))
      .when('AssignAgent', leave, L.officer)
      .expectEvents(AgentAssigned.parse({ ...bare, title: leave.title, from: leave.from, to: leave.to }), seatTaken);
  });
  test('reads of other streams only those that the title leads to', () => {
    const reads = (asked: object, history = ready) => history.when('AssignAgent', asked, L.officer).reads.slice(1);
    expect(reads(volunteering)).toEqual([L.onMission]);
    expect(reads(leave)).toEqual([L.onMission, L.onAgent]);
    expect(reads(L.byConvention)).toEqual([L.onMission, L.onConvention, L.onTime, L.onAgent]);
    expect(reads(L.byConvention, L.given())).toEqual([L.onConvention]);
    expect(L.given().when('EndAssignment', { ...here, on: leave.from, cause: 'other' }, L.officer).reads).toEqual([
      L.onAssignment,
    ]);
  });
  test('a leave that is granted for these days with this host is enough', () => {
    const granted = { hostId: ids.host, from: leave.from, to: leave.to, workingDays: 3, officeHeld: true };
    ready
      .and(past(L.onAgent, LeaveGranted.parse({ employmentId: ids.employment, ...granted })))
      .when('AssignAgent', leave, L.officer)
      .expectFindings();
  });
  test('records the framework that the time given is under, each its own', () => {
    const granted = { hostId: ids.host, from: leave.from, to: leave.to, workingDays: 3, officeHeld: true };
    const onLeave = ready.and(past(L.onAgent, LeaveGranted.parse({ employmentId: ids.employment, ...granted })));
    const under = (asked: object, among = onLeave) => among.when('AssignAgent', asked, L.officer);
    const frameworkOf = ({ decision }: ReturnType<typeof under>) => decision.accepted && decision.framework;
    expect(frameworkOf(under(volunteering))).toEqual({ id: 'benevolat-libre', version: 1 });
    expect(frameworkOf(under(leave))).toEqual({ id: 'conge-citoyennete', version: 1 });
    expect(frameworkOf(under(L.byConvention))).toEqual({ id: 'idf-2017-pilot', version: 1 });
    const end = { assignmentId, on: '2027-02-03', cause: 'completed' };
    const ended = under(leave)
      .next()
      .when('EndAssignment', end, { ...L.officer, at: '2027-02-04T09:00:00Z' });
    expect(frameworkOf(ended)).toEqual({ id: 'conge-citoyennete', version: 1 });
  });
});
