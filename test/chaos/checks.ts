import type { ProBono } from 'probono';
import type { Taken } from './mail.js';
import type { Seen } from './reader.js';
import type { Answers } from './writers.js';

/** What was found wrong, in words; each line is one of a figure. */
export interface Findings {
  readonly commandsAcknowledged: number;
  readonly eventsFound: number;
  readonly lost: readonly string[];
  readonly duplicated: readonly string[];
  readonly outOfOrder: readonly string[];
  readonly mailsSent: number;
  readonly mailsTwice: readonly string[];
  readonly projectionsDiverged: readonly string[];
}

interface Logged extends Seen {
  readonly position: bigint;
  readonly commandId: string;
  readonly transaction: string;
  readonly type: string;
  readonly data: unknown;
}

/** The whole log, decoded, with the transaction that wrote each event. */
const readLog = async ({ store, codec, sql }: ProBono): Promise<readonly Logged[]> => {
  const rows = await sql.query<{ event_id: string; transaction: string }>(
    'SELECT event_id::text AS event_id, xmin::text AS transaction FROM probono.events',
  );
  const transactions = new Map(rows.map(({ event_id, transaction }) => [event_id, transaction]));
  const log: Logged[] = [];
  for await (const stored of store.readAll())
    for (const event of await codec.decode([stored])) {
      if ('unknown' in event) throw new Error(`${stored.type} cannot be read: ${event.why}`);
      const { stream, revision, eventId, commandId, type, data } = event;
      const transaction = transactions.get(eventId) ?? '';
      log.push({ stream, revision, eventId, commandId, type, data, transaction, position: stored.position });
    }
  return log;
};

const groupedBy = <T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
};

const checkCommands = (log: readonly Logged[], answers: Answers) => {
  const [lost, duplicated]: [string[], string[]] = [[], []];
  const byCommand = groupedBy(log, ({ commandId }) => commandId);
  let commandsAcknowledged = 0;
  for (const [commandId, told] of answers) {
    const accepted = told.filter((answer) => answer.kind === 'accepted');
    if (accepted.length > 0) commandsAcknowledged += 1;
    const acknowledged = new Set(accepted.flatMap(({ eventIds }) => eventIds));
    const found = (byCommand.get(commandId) ?? []).map(({ eventId }) => eventId);
    const missing = [...acknowledged].filter((id) => !found.includes(id));
    if (missing.length > 0) lost.push(`command ${commandId}: ${missing.length} acknowledged events are not in the log`);
    const extra = found.filter((id) => !acknowledged.has(id));
    if (extra.length > 0) duplicated.push(`command ${commandId}: ${extra.length} events nobody was told of`);
  }
  for (const [commandId, events] of byCommand)
    if (new Set(events.map(({ transaction }) => transaction)).size > 1)
      duplicated.push(`command ${commandId}: written in several transactions`);
  for (const [eventId, events] of groupedBy(log, ({ eventId }) => eventId))
    if (events.length > 1) duplicated.push(`event ${eventId} is in the log ${events.length} times`);
  return { commandsAcknowledged, lost, duplicated };
};

/** Streams whose events do not follow on each other, as they come. */
const disordered = (events: readonly Seen[], whose: string): readonly string[] =>
  [...groupedBy(events, ({ stream }) => stream)].flatMap(([stream, own]) =>
    own.every(({ revision }, index) => revision === BigInt(index)) ? [] : [`${whose}: ${stream}`],
  );

const checkReader = (log: readonly Logged[], seen: readonly Seen[]) => {
  const read = new Set(seen.map(({ eventId }) => eventId));
  const missed = log.filter(({ eventId }) => !read.has(eventId));
  return {
    lost: missed.map(({ eventId }) => `event ${eventId} was not given to a reader`),
    outOfOrder: [...disordered(log, 'the log'), ...disordered(seen, 'a reader')],
  };
};

const checkWitness = async ({ sql }: ProBono): Promise<readonly string[]> => {
  const rows = await sql.query<{ stream: string }>(
    `SELECT w.stream FROM probono_read.witness_streams w JOIN probono.streams s ON s.name = w.stream
      WHERE w.disorder > 0 OR w.seen <> s.revision + 1 OR w.revision <> s.revision`,
  );
  return rows.map(({ stream }) => `a projection: ${stream}`);
};

interface Sent {
  readonly messageId: string;
  readonly reminderIds: readonly string[];
}

const checkMails = (log: readonly Logged[], taken: readonly Taken[]) => {
  // The type says what its data are.
  const sent = log.filter(({ type }) => type === 'NotificationSent').map(({ data }) => data as Sent);
  const told = groupedBy(
    sent.flatMap(({ reminderIds }) => reminderIds),
    (id) => id,
  );
  const ids = new Set(taken.map(({ messageId }) => messageId));
  return {
    mailsSent: ids.size,
    lost: sent
      .filter(({ messageId }) => !ids.has(messageId))
      .map(({ messageId }) => `mail ${messageId} is recorded as sent and never arrived`),
    mailsTwice: [
      ...[...groupedBy(taken, ({ messageId }) => messageId)].filter(([, mails]) => mails.length > 1).map(([id]) => id),
      ...[...told].filter(([, times]) => times.length > 1).map(([id]) => `reminder ${id}`),
    ],
  };
};

const checkReadModels = async ({ readModels, workers }: ProBono): Promise<readonly string[]> => {
  const diverged: string[] = [];
  for (const name of readModels.names) {
    const { sound, ...found } = await readModels.reconcile(name);
    if (!sound) diverged.push(`${name}: ${JSON.stringify({ ...found, position: String(found.position) })}`);
  }
  const ledger = await workers.reminders.reconcile();
  if (!ledger.sound) diverged.push(`the ledger of reminders: ${JSON.stringify(ledger)}`);
  return diverged;
};

/** Looks at everything, once nothing moves any more. */
export const check = async (
  control: ProBono,
  answers: Answers,
  seen: readonly Seen[],
  taken: readonly Taken[],
): Promise<Findings> => {
  const log = await readLog(control);
  const commands = checkCommands(log, answers);
  const reader = checkReader(log, seen);
  const mails = checkMails(log, taken);
  return {
    commandsAcknowledged: commands.commandsAcknowledged,
    eventsFound: log.length,
    lost: [...commands.lost, ...reader.lost, ...mails.lost],
    duplicated: commands.duplicated,
    outOfOrder: [...reader.outOfOrder, ...(await checkWitness(control))],
    mailsSent: mails.mailsSent,
    mailsTwice: mails.mailsTwice,
    projectionsDiverged: await checkReadModels(control),
  };
};
