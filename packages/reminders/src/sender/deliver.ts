import { type TracedSpan, traced } from '@probono/tracing';
import type { Contact } from '../contact.js';
import type { Claim } from '../ledger/claims.js';
import { type Planned, readComing, readPlanned } from '../ledger/planned.js';
import { readTold, type Told } from '../ledger/told.js';
import { compose, type Group, mailsToday, restOfToday } from './compose.js';
import { judge } from './judge.js';
import type { Parts, Tally } from './parts.js';
import { passing } from './parts.js';
import { recordDropped, recordParked, recordSent } from './record.js';

/** `stop`: the mail server takes nothing now. */
export type Went = 'on' | 'stop';

/** Deals with all that is held of one person. */
export const deliver = async (parts: Parts, claims: readonly [Claim, ...Claim[]], tally: Tally): Promise<Went> => {
  const { sql, store, codec, ledger, policy, clock } = parts;
  const { personId } = claims[0];
  const now = clock();
  const told = await readTold(store, codec, personId);
  const ids = claims.map(({ reminderId }) => reminderId);
  const plan = new Map(
    (await readPlanned(sql, personId, ids, now, policy)).map((planned) => [planned.row.id, planned]),
  );
  const toSend: Planned[] = [];
  const begun = new Map<string, Planned[]>();

  for (const claim of claims) {
    const { reminderId: id } = claim;
    const verdict = judge(claim, plan.get(id), told, now);
    switch (verdict.do) {
      case 'settle':
        await ledger.settle(personId, [id], verdict.as);
        break;
      case 'forget':
        await ledger.forget(personId, [id]);
        break;
      case 'drop':
        await recordDropped(parts, personId, id, verdict.why);
        await ledger.settle(personId, [id], 'dropped');
        tally.dropped += 1;
        break;
      case 'postpone':
        await ledger.postpone(personId, [id], verdict.until);
        tally.postponed += 1;
        break;
      case 'record':
        break;
      case 'send':
        if (claim.found === 'sending' && claim.messageId !== undefined) {
          begun.set(claim.messageId, [...(begun.get(claim.messageId) ?? []), verdict.planned]);
        } else toSend.push(verdict.planned);
        break;
      default:
        verdict satisfies never;
    }
  }

  await recordAccepted(parts, claims, told, tally);
  const groups: Group[] = [];
  for (const [messageId, group] of begun) {
    const [first, ...others] = group;
    if (first === undefined) continue;
    if (parts.onUnknown === 'resend') groups.push([first, ...others]);
    else await park(parts, personId, group, messageId, tally);
  }
  groups.push(...(await grouped(parts, personId, toSend, told)));
  if (groups.length === 0) return 'on';

  const contact = await parts.contactOf(personId);
  const attempts = new Map(claims.map((claim) => [claim.reminderId, claim.attempts]));
  for (const group of groups) {
    if (!contact.reachable) {
      for (const { row } of group) await recordDropped(parts, personId, row.id, contact.why);
      await ledger.settle(personId, idsOf(group), 'dropped');
      tally.dropped += group.length;
      continue;
    }
    const tried = Math.max(...group.map(({ row }) => attempts.get(row.id) ?? 0));
    if ((await send(parts, personId, contact, group, tried, tally)) === 'stop') return 'stop';
  }
  return 'on';
};

const idsOf = (group: readonly Planned[]): readonly string[] => group.map(({ row }) => row.id);

/** Mails that the server took and of which the log was not told: it is told now, nothing is sent. */
const recordAccepted = async (parts: Parts, claims: readonly Claim[], told: Told, tally: Tally): Promise<void> => {
  const mails = new Map<string, Claim[]>();
  for (const claim of claims) {
    if (claim.found !== 'accepted' || claim.messageId === undefined) continue;
    if (told.settled[claim.reminderId] === undefined) {
      mails.set(claim.messageId, [...(mails.get(claim.messageId) ?? []), claim]);
    }
  }
  for (const [messageId, taken] of mails) {
    const [first] = taken;
    if (first === undefined) continue;
    const ids = taken.map(({ reminderId }) => reminderId);
    await recordSent(parts, first.personId, ids, messageId, first.message ?? { kind: 'digest' });
    await parts.ledger.settle(first.personId, ids, 'sent');
    tally.sent += ids.length;
  }
};

/** One mail each; or one digest, of today's still to come as well, when it would be too many in a day. */
const grouped = async (
  parts: Parts,
  personId: string,
  due: readonly Planned[],
  told: Told,
): Promise<readonly Group[]> => {
  const [first] = due;
  if (first === undefined) return [];
  const now = parts.clock();
  const officer = parts.officers.includes(personId);
  const coming = restOfToday(await readComing(parts.sql, personId, officer, now, parts.policy), now).filter(
    ({ row, holds }) => holds && told.settled[row.id] === undefined,
  );
  const single = due.map((planned): Group => [planned]);
  const mails = mailsToday(told.sentAt, now, first) + due.length + coming.length;
  if (mails <= parts.policy.mailsADay || due.length + coming.length < 2) return single;
  const rows = coming.map(({ row }) => ({ id: row.id, dueAt: row.due_at }));
  const taken = new Set(rows.length === 0 ? [] : await parts.ledger.take(parts.holder, personId, rows));
  return [[first, ...due.slice(1), ...coming.filter(({ row }) => taken.has(row.id))]];
};

const minute = 60_000;
/** 1, 2, 4 … minutes, an hour at most. */
const backOff = (attempts: number): number => Math.min(60, 2 ** Math.min(attempts, 6)) * minute;

/** Sends one mail, in the trace of the command that called for it. */
const send = (
  parts: Parts,
  personId: string,
  contact: Extract<Contact, { reachable: true }>,
  group: Group,
  attempts: number,
  tally: Tally,
): Promise<Went> => {
  const [{ correlationId, row }, ...others] = group;
  return traced(
    {
      by: '@probono/reminders',
      name: `remind ${others.length === 0 ? row.kind : 'digest'}`,
      trace: { correlationId },
      links: others.map((other) => other.correlationId),
      facts: { 'probono.correlation_id': correlationId, 'probono.reminders': group.map((one) => one.row.id) },
    },
    (span) => sendTraced(parts, personId, contact, group, attempts, tally, span),
  );
};

const sendTraced = async (
  parts: Parts,
  personId: string,
  contact: Extract<Contact, { reachable: true }>,
  group: Group,
  attempts: number,
  tally: Tally,
  span: TracedSpan,
): Promise<Went> => {
  const { ledger, mailer, logger, policy } = parts;
  const { ids, mail, message } = compose(parts, personId, contact, group);
  const { messageId } = mail;
  await passing(parts, 'checked');
  if (!(await ledger.begin(parts.holder, personId, ids, messageId, message))) return 'on';
  await passing(parts, 'begun');
  const delivery = await mailer.send(mail);
  span.say({ 'probono.outcome': delivery.outcome, 'probono.message_id': messageId });
  switch (delivery.outcome) {
    case 'accepted':
      await passing(parts, 'sent');
      await ledger.accepted(personId, ids);
      await passing(parts, 'accepted');
      await recordSent(parts, personId, ids, messageId, message, group[0].correlationId);
      await passing(parts, 'recorded');
      await ledger.settle(personId, ids, 'sent');
      tally.mails += 1;
      tally.sent += ids.length;
      return 'on';
    case 'refused':
      logger?.warn({ messageId, code: delivery.code }, 'the mail server refused a mail: it is parked');
      await park(parts, personId, group, messageId, tally, 'refused-by-server', delivery.code);
      return 'on';
    case 'unknown':
      logger?.warn({ messageId }, 'whether a mail was sent is not known');
      if (parts.onUnknown === 'park') await park(parts, personId, group, messageId, tally);
      // Otherwise its status says that the outcome is unknown, and the next one who claims it sends it again.
      else tally.failed += ids.length;
      return 'stop';
    case 'later':
      logger?.warn({ messageId, code: delivery.code, attempts }, 'the mail server will not take a mail now');
      if (delivery.concerns === 'mail' && attempts + 1 >= policy.attempts) {
        await park(parts, personId, group, messageId, tally, 'refused-by-server', delivery.code);
        return 'on';
      }
      await ledger.retryLater(personId, ids, backOff(attempts), delivery.code);
      tally.failed += ids.length;
      return delivery.concerns === 'server' ? 'stop' : 'on';
    default:
      return delivery satisfies never;
  }
};

const park = async (
  parts: Parts,
  personId: string,
  group: readonly Planned[],
  messageId: string,
  tally: Tally,
  why: 'refused-by-server' | 'unknown-outcome' = 'unknown-outcome',
  code?: number,
): Promise<void> => {
  const ids = idsOf(group);
  await recordParked(parts, personId, ids, messageId, why, code);
  await parts.ledger.settle(personId, ids, 'parked', code);
  tally.parked += ids.length;
};
