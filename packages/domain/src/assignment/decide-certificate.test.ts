import { describe, expect, test } from '@jest/globals';
import { past } from '@probono/testing';
import * as L from '../../test/lending.js';
import { told } from '../../test/told.js';
import { AdjustmentRecorded, HoursConfirmed, HoursValidated, HoursWithdrawn } from '../agent-time/events.js';
import { digestOf } from '../kernel/digest.js';
import { LocalDate } from '../time/types.js';
import { AgentAssigned, ServiceCertificateIssued, ServiceCertificateSuperseded } from './events.js';
import { certificatesOn } from './queries.js';
import type { AssignmentState } from './state.js';

const { assignment: assignmentId } = L.ids;
const entryId = L.uuid(50);
const validated = [
  L.declared(210),
  past(L.onTime, HoursConfirmed.parse({ entryId })),
  past(L.onTime, HoursValidated.parse({ entryId })),
];
const assigned = L.given(...L.people, ...L.published(), ...L.lending(), ...L.agreed()).and(
  past(L.onAssignment, AgentAssigned.parse(L.terms)),
);
const periods = [{ from: '2027-01-11', to: '2027-01-31' }];
const issue = { assignmentId, periods };
const certificate = (minutes: number, of = periods) => {
  const hash = digestOf({ assignmentId, periods: of, minutes });
  return ServiceCertificateIssued.parse({ assignmentId, periods: of, minutes, hash });
};

describe('a certificate of service', () => {
  const issued = assigned.and(...validated).when('IssueServiceCertificate', issue, L.officer);
  test('certifies the validated minutes of its periods, under a hash that anyone can compute', () => {
    issued.expectEvents(certificate(210));
    issued.next().when('IssueServiceCertificate', issue, L.officer).expectAlreadySo();
  });
  test('waits for hours that are not settled', () => {
    const [declared, confirmed] = validated;
    if (declared === undefined || confirmed === undefined) throw new Error('the history has both');
    for (const history of [[declared], [declared, confirmed]])
      assigned
        .and(...history)
        .when('IssueServiceCertificate', issue, L.officer)
        .expectRefusals('assignment.certificate-hours-unsettled');
  });
  test('names the hours that it waits for, a hundred of them at most', () => {
    const entryIds = Array.from({ length: 101 }, (_, n) => L.uuid(100 + n));
    const outcome = assigned
      .and(...entryIds.map((each) => L.declared(5, '2027-01-15', each)))
      .when('IssueServiceCertificate', issue, L.officer);
    expect(told(outcome)).toEqual({
      'assignment.certificate-hours-unsettled': { assignmentId, count: 101, entryIds: entryIds.slice(0, 100) },
    });
  });
  test('does not wait for hours outside its periods, nor for withdrawn ones', () => {
    const withdrawn = past(L.onTime, HoursWithdrawn.parse({ entryId: L.uuid(52) }));
    assigned
      .and(...validated, L.declared(60, '2027-02-01', L.uuid(51)), L.declared(60, '2027-01-20', L.uuid(52)), withdrawn)
      .when('IssueServiceCertificate', issue, L.officer)
      .expectEvents(certificate(210));
  });
  test('issued anew after an adjustment, supersedes the one before', () => {
    const adjusted = AdjustmentRecorded.parse({ entryId, deltaMinutes: -30, countsIn: '2027-02' });
    const { hash } = certificate(210).data;
    issued
      .next()
      .and(past(L.onTime, adjusted))
      .when('IssueServiceCertificate', issue, L.officer)
      .expectEvents(ServiceCertificateSuperseded.parse({ hash }), certificate(180));
  });
  test('of other days stands beside it', () => {
    const february = [{ from: '2027-02-01', to: '2027-02-28' }];
    issued
      .next()
      .when('IssueServiceCertificate', { assignmentId, periods: february }, L.officer)
      .expectEvents(certificate(0, february));
  });
  test.each([
    ['ends on the first day of', { from: '2027-01-01', to: '2027-01-11' }],
    ['begins on the last day of', { from: '2027-01-31', to: '2027-02-28' }],
  ])('supersedes one that it %s', (_, period) => {
    const { hash } = certificate(210).data;
    issued
      .next()
      .when('IssueServiceCertificate', { assignmentId, periods: [period] }, L.officer)
      .expectEvents(ServiceCertificateSuperseded.parse({ hash }), certificate(0, [period]));
  });
  test('supersedes one of several periods as soon as it meets one of them with one of its own', () => {
    const two = [...periods, { from: '2027-04-01', to: '2027-04-30' }];
    const { hash } = certificate(210, two).data;
    const other = [
      { from: '2027-03-01', to: '2027-03-31' },
      { from: '2027-04-30', to: '2027-05-31' },
    ];
    assigned
      .and(...validated)
      .when('IssueServiceCertificate', { assignmentId, periods: two }, L.officer)
      .expectEvents(certificate(210, two))
      .next()
      .when('IssueServiceCertificate', { assignmentId, periods: other }, L.officer)
      .expectEvents(ServiceCertificateSuperseded.parse({ hash }), certificate(0, other));
  });
  test('of earlier days stands beside it', () => {
    const before = [{ from: '2027-01-04', to: '2027-01-10' }];
    issued
      .next()
      .when('IssueServiceCertificate', { assignmentId, periods: before }, L.officer)
      .expectEvents(certificate(0, before));
  });
  test('that was never issued can be told superseded without harm to the fold', () => {
    const stray = past(L.onAssignment, ServiceCertificateSuperseded.parse({ hash: 'f'.repeat(64) }));
    expect(assigned.and(stray).state(L.onAssignment)).toEqual(assigned.state(L.onAssignment));
  });
  test('reads the hours of someone assigned, and of nobody else', () => {
    const reads = (history: typeof assigned) => history.when('IssueServiceCertificate', issue, L.officer).reads;
    expect(reads(assigned)).toEqual([L.onAssignment, L.onTime, L.onMission]);
    expect(reads(L.given(...L.agreed()))).toEqual([L.onAssignment, L.onMission]);
  });
  test('can be superseded, once', () => {
    const { hash } = certificate(210).data;
    const superseded = issued.next().when('SupersedeServiceCertificate', { assignmentId, hash }, L.clerk);
    superseded.expectEvents(ServiceCertificateSuperseded.parse({ hash }));
    superseded.next().when('SupersedeServiceCertificate', { assignmentId, hash }, L.clerk).expectAlreadySo();
    superseded.next().when('IssueServiceCertificate', issue, L.officer).expectEvents(certificate(210));
    assigned
      .when('SupersedeServiceCertificate', { assignmentId, hash }, L.clerk)
      .expectRefusals('assignment.wrong-state');
  });
  test('is found by the days it covers while it stands', () => {
    // The scenario folds the stream of an assignment into its state.
    const state = issued.next().state(L.onAssignment) as AssignmentState;
    expect(certificatesOn(state, LocalDate.parse('2027-01-31'))).toEqual([certificate(210).data.hash]);
    expect(certificatesOn(state, LocalDate.parse('2027-02-01'))).toEqual([]);
  });
  test('is not for volunteers, who make no hours', () => {
    const { quota: _, ...bare } = L.terms;
    L.given(...L.people, ...L.agreed(false))
      .and(past(L.onAssignment, AgentAssigned.parse({ ...bare, title: { volunteering: true } })))
      .when('IssueServiceCertificate', issue, L.officer)
      .expectRefusals('assignment.wrong-state');
  });
});
