import { describe, test } from '@jest/globals';
import { past, scenarios } from '@probono/testing';
import { kernelRules } from '../kernel/rules.js';
import { notificationHandlers } from './decide.js';
import { NotificationDropped, NotificationParked, NotificationSent } from './events.js';
import { notificationRules } from './rules.js';

const { given } = scenarios({ handlers: notificationHandlers, rules: { ...kernelRules, ...notificationRules } });

const personId = '0190a000-0000-7000-8000-000000000001';
const stream = `notification-${personId}` as const;
const one = '7f6c1c1e-0000-5000-8000-000000000001';
const two = '7f6c1c1e-0000-5000-8000-000000000002';
const system = { actor: { id: 'system:reminders', role: 'system' }, at: '2026-03-02T09:00:00Z' };
const mail = { kind: 'before-J-1', channel: 'email', messageId: '<rem-1.v1@probono.example>' } as const;

const sent = (...reminderIds: string[]) => past(stream, NotificationSent.parse({ ...mail, reminderIds }));

describe('what a person was told', () => {
  test('a mail that went out is recorded with the reminders it settles', () => {
    given()
      .when('RecordNotificationSent', { personId, ...mail, reminderIds: [one, two] }, system)
      .expectEvents(NotificationSent.parse({ ...mail, reminderIds: [one, two] }));
  });
  test('the same mail twice is already so', () => {
    given(sent(one))
      .when('RecordNotificationSent', { personId, ...mail, reminderIds: [one] }, system)
      .expectAlreadySo();
  });
  test('a digest that holds one reminder more is another mail', () => {
    given(sent(one))
      .when('RecordNotificationSent', { personId, ...mail, reminderIds: [one, two] }, system)
      .expectEvents(NotificationSent.parse({ ...mail, reminderIds: [one, two] }));
  });
  test('a parked message may be sent after all', () => {
    given(
      past(stream, NotificationParked.parse({ reminderIds: [one], why: 'unknown-outcome', messageId: mail.messageId })),
    )
      .when('RecordNotificationSent', { personId, ...mail, reminderIds: [one] }, system)
      .expectEvents(NotificationSent.parse({ ...mail, reminderIds: [one] }));
  });
  test('what came too late is recorded as dropped', () => {
    given()
      .when('RecordNotificationDropped', { personId, reminderId: one, why: 'session-begun' }, system)
      .expectEvents(NotificationDropped.parse({ reminderId: one, why: 'session-begun' }));
  });
  test('what was sent is not dropped afterwards', () => {
    given(sent(one))
      .when('RecordNotificationDropped', { personId, reminderId: one, why: 'session-begun' }, system)
      .expectAlreadySo();
  });
  test('what a server refused is parked', () => {
    const parked = { reminderIds: [one], why: 'refused-by-server' as const, messageId: mail.messageId, smtpCode: 550 };
    given()
      .when('RecordNotificationParked', { personId, ...parked }, system)
      .expectEvents(NotificationParked.parse(parked));
  });
  test('only what is still open is parked', () => {
    const parked = { why: 'unknown-outcome', messageId: mail.messageId } as const;
    const after = given(sent(one)).when(
      'RecordNotificationParked',
      { personId, ...parked, reminderIds: [one, two] },
      system,
    );
    after.expectEvents(NotificationParked.parse({ ...parked, reminderIds: [two] }));
    after
      .next()
      .when('RecordNotificationParked', { personId, ...parked, reminderIds: [one, two] }, system)
      .expectAlreadySo();
  });
  test('only the system says what was sent', () => {
    const officer = { actor: { id: personId, role: 'programme_officer' }, at: system.at };
    given()
      .when('RecordNotificationSent', { personId, ...mail, reminderIds: [one] }, officer)
      .expectRefusals('role.not-allowed');
    given()
      .when('RecordNotificationDropped', { personId, reminderId: one, why: 'erased' }, officer)
      .expectRefusals('role.not-allowed');
    given()
      .when(
        'RecordNotificationParked',
        { personId, reminderIds: [one], why: 'unknown-outcome', messageId: '<a@b>' },
        officer,
      )
      .expectRefusals('role.not-allowed');
  });
});
