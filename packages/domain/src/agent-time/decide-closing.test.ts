import { describe, expect, test } from '@jest/globals';
import { past } from '@probono/testing';
import * as W from '../../test/working.js';
import { ServiceCertificateIssued, ServiceCertificateSuperseded } from '../assignment/events.js';
import { ConventionClosed, ConventionExpired } from '../convention/events.js';
import { into } from '../kernel/event.js';
import { EmploymentId, PersonId } from '../kernel/identifiers.js';
import { OrganisationRegistered } from '../organisation/events.js';
import { Month } from '../time/types.js';
import { AdjustmentRecorded, HoursWithdrawn, PeriodClosed, QuotaReleased, QuotaTaken } from './events.js';
import { digestOfMonth } from './months.js';
import type { AgentTimeState } from './state.js';

const at = '2026-06-01T09:00:00Z';
const world = W.engagedAgent();
const march = { personId: W.ids.agent, employmentId: W.ids.employment, month: '2026-03' };
const by = { actor: W.hr, at };

describe('closing a month', () => {
  const settled = world.and(...W.validated(50, '2026-03-03'), ...W.validated(51, '2026-03-10', 60));
  test('records totals and a digest, and locks the entries', () => {
    const state = settled.state(W.onTime) as AgentTimeState; // that stream's aggregate
    const digest = digestOfMonth(
      state,
      PersonId.parse(W.ids.agent),
      EmploymentId.parse(W.ids.employment),
      Month.parse('2026-03'),
    );
    const totals = [{ assignmentId: W.ids.assignment, entries: 2, minutes: 270 }];
    const done = settled.when('ClosePeriod', march, by);
    done.expectEvents(PeriodClosed.parse({ employmentId: W.ids.employment, month: '2026-03', totals, digest }));
    expect(done.next().state(W.onTime)).toMatchObject({ entries: { [W.uuid(50)]: { status: 'locked' } } });
    done.next().when('ClosePeriod', march, by).expectRefusals('period.already-closed');
  });
  test('waits for its end, in the employer’s zone', () => {
    settled.when('ClosePeriod', march, { actor: W.hr, at: '2026-03-31T21:59:00Z' }).expectRefusals('period.not-ended');
    settled.when('ClosePeriod', march, { actor: W.hr, at: '2026-03-31T22:00:00Z' }).expectFindings();
  });
  test('waits for hours that are not settled', () => {
    const open = settled.and(...W.confirmed(52, '2026-03-20'));
    open.when('ClosePeriod', march, by).expectRefusals('period.unsettled-hours');
    const withdrawn = open.and(past(W.onTime, HoursWithdrawn.parse({ entryId: W.uuid(52) })));
    withdrawn.when('ClosePeriod', march, by).expectFindings();
  });
  test('goes in order; empty months need no closing', () => {
    const earlier = settled.and(...W.validated(49, '2026-01-12'));
    earlier.when('ClosePeriod', march, by).expectRefusals('period.earlier-open');
    const january = earlier.when('ClosePeriod', { ...march, month: '2026-01' }, by).next();
    january.when('ClosePeriod', march, by).expectFindings();
  });
  test('takes effect on the day it is in the employer’s zone', () => {
    const place = { zone: 'Pacific/Noumea', holidayCalendar: 'fr-988' } as const;
    const moved = settled.and(
      past(
        `organisation-${W.ids.home}`,
        OrganisationRegistered.parse({ kind: 'state', purpose: 'service public', ...place }),
      ),
    );
    const { decision } = moved.when('ClosePeriod', march, { actor: W.hr, at: '2026-03-31T21:00:00Z' });
    expect(decision).toMatchObject({ accepted: true, effectiveOn: '2026-04-01' });
  });
  test('reads the employer of that employment, where there is such an employment', () => {
    const reads = (data: object) => settled.when('ClosePeriod', data, by).reads;
    expect(reads(march)).toEqual([W.onTime, W.onPerson, `organisation-${W.ids.home}`]);
    expect(reads({ ...march, employmentId: W.uuid(999) })).toEqual([W.onTime, W.onPerson]);
  });
  test('is for HR of the employer, not for the agent', () => {
    settled.when('ClosePeriod', { ...march, employmentId: W.uuid(999) }, by).expectRefusals('role.not-designated');
    settled
      .when('ClosePeriod', march, { actor: { id: W.ids.stranger, role: 'hr' }, at })
      .expectRefusals('role.not-designated');
    settled.when('ClosePeriod', march, { actor: { ...W.agent, role: 'hr' }, at }).expectRefusals('hours.same-person');
  });
});

describe('8: after closure', () => {
  const hash = 'c'.repeat(64);
  const periods = [{ from: '2026-12-01', to: '2026-12-31' }];
  const december = W.engagedAgent({ to: '2026-12-31' }).and(
    ...W.validated(50, '2026-12-15'),
    W.closed('2026-12'),
    past(W.onConvention, ConventionExpired.parse({ on: '2026-12-31' })),
  );
  const certified = december.and(
    past(
      W.onAssignment,
      ServiceCertificateIssued.parse({ assignmentId: W.ids.assignment, periods, minutes: 210, hash }),
    ),
  );
  const adjust = (deltaMinutes: number, countsIn = '2027-01') => W.onEntry(50, { deltaMinutes, countsIn });
  const january = { actor: W.hr, at: '2027-01-20T09:00:00Z' };
  const recorded = AdjustmentRecorded.parse({ entryId: W.uuid(50), deltaMinutes: -30, countsIn: '2027-01' });

  test('a difference counts in January and supersedes the certificate', () => {
    const superseded = into(W.onAssignment, ServiceCertificateSuperseded.parse({ hash }));
    const done = certified.when('RecordAdjustment', adjust(-30), january).expectEvents(recorded, superseded);
    december.when('RecordAdjustment', adjust(-30), january).expectEvents(recorded);
    const close = { ...march, month: '2027-01' };
    const { decision } = done.next().when('ClosePeriod', close, { actor: W.hr, at: '2027-02-01T09:00:00Z' });
    expect(decision.accepted && decision.events[0]?.data).toMatchObject({
      totals: [{ assignmentId: W.ids.assignment, entries: 0, minutes: -30 }],
    });
  });
  test('what goes below zero is refused, whether at once or in steps', () => {
    certified.when('RecordAdjustment', adjust(-240), january).expectRefusals('hours.correction-below-zero');
    const once = certified.when('RecordAdjustment', adjust(-150), january).next();
    once.when('RecordAdjustment', adjust(-61), january).expectRefusals('hours.correction-below-zero');
  });
  test('a new December entry is refused', () => {
    W.declare(certified, W.hours(51, '2026-12-16'), january.at).expectRefusals('hours.period-closed');
  });
  test('it counts in an open month, after the entry’s and not after the present', () => {
    certified
      .and(W.closed('2027-01'))
      .when('RecordAdjustment', adjust(-30), january)
      .expectRefusals('hours.period-closed');
    certified.when('RecordAdjustment', adjust(-30, '2027-02'), january).expectRefusals('hours.in-the-future');
    certified.when('RecordAdjustment', adjust(-30, '2026-11'), january).expectRefusals('hours.wrong-state');
  });
  test('by nothing is already so', () => {
    certified.when('RecordAdjustment', adjust(0), january).expectAlreadySo();
  });
  test('upwards it is judged like hours newly declared', () => {
    certified.when('RecordAdjustment', adjust(391), january).expectRefusals('hours.daily-limit');
  });
  test('an open entry is corrected, not adjusted; a closed convention changes no more', () => {
    const open = world.and(...W.validated(50, '2026-12-15'));
    open.when('RecordAdjustment', adjust(-30), january).expectRefusals('hours.wrong-state');
    const closed = certified.and(past(W.onConvention, ConventionClosed.parse({ totals: [] })));
    closed.when('RecordAdjustment', adjust(-30), january).expectRefusals('hours.convention-closed');
    world.when('RecordAdjustment', adjust(-30), january).expectRefusals('hours.unknown-entry');
  });
  test('it is for HR, not for the agent', () => {
    const self = { actor: { ...W.agent, role: 'hr' }, at: january.at };
    certified.when('RecordAdjustment', adjust(-30), self).expectRefusals('hours.same-person');
    const stranger = { actor: { id: W.ids.stranger, role: 'hr' }, at: january.at };
    certified.when('RecordAdjustment', adjust(-30), stranger).expectRefusals('role.not-designated');
  });
});

describe('shares of the duty', () => {
  const assignmentId = W.ids.otherAssignment;
  const quota = (num: number, den: number) => ({ num, den, window: 'year' as const });
  const take = (num: number, den: number) => ({ personId: W.ids.agent, assignmentId, quota: quota(num, den) });
  const officer = { actor: W.officer, at };
  test('are taken up to the whole, exactly', () => {
    const done = world.when('TakeQuota', take(1, 2), officer);
    done.expectEvents(QuotaTaken.parse({ assignmentId, quota: quota(1, 2) }));
    done.next().when('TakeQuota', take(2, 4), officer).expectAlreadySo();
    done.next().when('TakeQuota', take(1, 4), officer).expectRefusals('hours.wrong-state');
    world.when('TakeQuota', take(5001, 10000), officer).expectRefusals('assignment.quota-over-full');
  });
  test('are given back, once', () => {
    const release = { personId: W.ids.agent, assignmentId };
    const taken = world.when('TakeQuota', take(1, 2), officer).next();
    const done = taken.when('ReleaseQuota', release, { actor: W.system, at });
    done.expectEvents(QuotaReleased.parse({ assignmentId, quota: quota(1, 2) }));
    done.next().when('ReleaseQuota', release, officer).expectAlreadySo();
  });
});
