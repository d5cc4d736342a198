import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Instant, LocalDate } from '@probono/domain';
import fc from 'fast-check';
import ICAL from 'ical.js';
import PostalMime, { type Email } from 'postal-mime';
import { content, notice, session } from '../../test/mail-content.js';
import { type Arrived, type MailServer, startMailServer } from '../../test/mail-server.js';
import {
  calendarOf,
  isUnsubscribeToken,
  type Mail,
  type Mailer,
  openMailer,
  renderMail,
  type SmtpOptions,
  sequenceOf,
  unsubscribeUrlOf,
} from '../index.js';
import { folded } from './icalendar.js';

/** Over a real server, and parsed back. */
const sent = async (mail: Mail): Promise<Arrived> => {
  const server = await startMailServer();
  const mailer = openMailer(server.url);
  try {
    expect(await mailer.send(mail)).toEqual({ outcome: 'accepted' });
    const [arrived] = server.inbox;
    if (arrived === undefined) throw new Error('nothing arrived');
    return arrived;
  } finally {
    await mailer.close();
    await server.close();
  }
};
const header = ({ headers }: Email, name: string) =>
  headers.filter(({ key }) => key === name).map(({ value }) => value);

const textOf = (attachment: Email['attachments'][number] | undefined): string => {
  const body = attachment?.content ?? '';
  return typeof body === 'string' ? body : new TextDecoder().decode(body);
};

/** The VEVENTs of a calendar, by a parser that is not ours. */
const parsed = (calendar: string) => {
  const component = new ICAL.Component(ICAL.parse(calendar));
  return {
    method: component.getFirstPropertyValue('method'),
    events: component.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event)),
  };
};

describe('a mail', () => {
  test('says that a machine wrote it, and has the id it was given', async () => {
    const { mail } = await sent(renderMail(content([notice('before-J-1')])));
    expect(mail.messageId).toBe('<rem-1.v1@programme.example>');
    expect(header(mail, 'auto-submitted')).toEqual(['auto-generated']);
    expect(header(mail, 'x-auto-response-suppress')).toEqual(['All']);
    expect(header(mail, 'list-unsubscribe')).toEqual([]);
  });
  test('names date, time, place and mission, as text and as HTML', async () => {
    const { mail } = await sent(renderMail(content([notice('before-J-1')])));
    expect(mail.subject).toBe('Rappel : séance du jeudi 19 mars 2026');
    expect(mail.text).toContain('jeudi 19 mars 2026, 14:00–17:00 (Europe/Paris)');
    expect(mail.text).toContain('Aide aux devoirs <élèves> & familles');
    expect(mail.html).toContain('<html lang="fr">');
    expect(mail.html).toContain('Aide aux devoirs &lt;élèves&gt; &amp; familles');
    expect(mail.html).toMatch(/<h1[^>]*>Rappel/);
    expect(mail.html).not.toContain('<img');
  });
  test('is in English for those who do not read French', async () => {
    const { mail } = await sent(renderMail(content([notice('declare-hours')], { locale: 'de-DE' })));
    expect(mail.subject).toBe('Hours to declare: session on Thursday 19 March 2026');
    expect(mail.html).toContain('<html lang="en">');
  });
  test('of a reminder does not invite again', async () => {
    expect((await sent(renderMail(content([notice('before-H-2')])))).mail.attachments).toEqual([]);
  });
  test('can be unsubscribed from with one click, by a link nobody can guess', async () => {
    const unsubscribe = { url: 'https://programme.example/stop', secret: 'a secret' };
    const unsubscribeUrl = unsubscribeUrlOf('0190a000-0000-7000-8000-000000000001', unsubscribe);
    const { mail } = await sent(renderMail(content([notice('before-J-1')], { unsubscribeUrl })));
    expect(header(mail, 'list-unsubscribe')).toEqual([`<${unsubscribeUrl}>`]);
    expect(header(mail, 'list-unsubscribe-post')).toEqual(['List-Unsubscribe=One-Click']);
    const { searchParams } = new URL(unsubscribeUrl);
    const [personId, token] = [searchParams.get('p') ?? '', searchParams.get('t') ?? ''];
    expect(isUnsubscribeToken(personId, token, unsubscribe.secret)).toBe(true);
    expect(isUnsubscribeToken('0190a000-0000-7000-8000-000000000002', token, unsubscribe.secret)).toBe(false);
    expect(isUnsubscribeToken(personId, token, 'another')).toBe(false);
  });
  test('cannot be given headers by a name', async () => {
    const to = { name: 'Julien\r\nBcc: all@example.org', address: 'julien@example.org' };
    const { mail, to: recipients } = await sent(renderMail(content([notice('booked')], { to })));
    expect(recipients).toEqual(['julien@example.org']);
    expect(header(mail, 'bcc')).toEqual([]);
  });
  test('tells the officers of a convention by its reference', () => {
    const mail = renderMail(
      content([
        {
          ...notice('convention-ends-3', { role: 'officer', sessions: [] }),
          on: LocalDate.parse('2026-12-31'),
          reference: 'c-1',
        },
      ]),
    );
    expect(mail.subject).toBe('Une convention prend fin le jeudi 31 décembre 2026');
    expect(mail.text).toContain('c-1');
  });
});

describe('the calendar of a mail', () => {
  test.each([
    ['booked', 'REQUEST', 1, 0, 'CONFIRMED'],
    ['moved', 'REQUEST', 2, 2, 'CONFIRMED'],
    ['cancelled', 'CANCEL', 2, 3, 'CANCELLED'],
    ['reinstated', 'REQUEST', 3, 4, 'CONFIRMED'],
  ] as const)('%s is a %s', async (kind, method, version, sequence, status) => {
    const { mail, raw } = await sent(renderMail(content([notice(kind, { sessions: [session(1, version)] })])));
    const part = mail.attachments.find(({ mimeType }) => mimeType === 'text/calendar');
    expect(part?.method).toBe(method);
    expect(raw).toMatch(new RegExp(`text/calendar; charset=utf-8; method=${method}`));
    const { method: inside, events } = parsed(textOf(part));
    expect(inside).toBe(method);
    const [event] = events;
    expect(event?.uid).toBe('0190a000-0000-7000-8000-000000000001@programme.example');
    expect(event?.sequence).toBe(sequence);
    expect(event?.startDate.toJSDate().toISOString()).toBe('2026-03-19T13:00:00.000Z');
    expect(event?.endDate.toJSDate().toISOString()).toBe('2026-03-19T16:00:00.000Z');
    expect(event?.location).toBe('Maison des associations, 12e ; salle 3');
    expect(event?.summary).toBe('Aide aux devoirs <élèves> & familles');
    expect(event?.component.getFirstPropertyValue('status')).toBe(status);
    expect(event?.organizer).toBe('mailto:probono@programme.example');
    expect(event?.attendees.map((attendee) => attendee.getFirstValue())).toEqual(['mailto:julien@example.org']);
  });
  test('of a series publishes all of its sessions', async () => {
    const { mail } = await sent(renderMail(content([notice('booked', { sessions: [session(1), session(2)] })])));
    expect(mail.subject).toBe('2 séances planifiées à partir du jeudi 19 mars 2026');
    const { method, events } = parsed(textOf(mail.attachments[0]));
    expect(method).toBe('PUBLISH');
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(2);
    expect(events.every(({ attendees }) => attendees.length === 0)).toBe(true);
  });
  test('rises with every version, and with its cancellation', () => {
    const inOrder = [1, 2, 3].flatMap((version) => [sequenceOf(version, false), sequenceOf(version, true)]);
    expect(inOrder).toEqual([0, 1, 2, 3, 4, 5]);
  });

  const calendar = (summary: string, location: string) =>
    calendarOf({
      method: 'REQUEST',
      stamp: Instant.parse('2026-03-02T09:00:00Z'),
      organizer: { name: 'Programme', address: 'probono@programme.example' },
      attendee: { name: 'Julien "Jul" Lefèvre', address: 'julien@example.org' },
      locale: 'fr',
      events: [{ ...session(), uid: 'u@programme.example', sequence: 0, summary, location }],
    }).content;

  test('keeps any text whole, in lines of at most 75 octets that end in CRLF', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 300 });
    fc.assert(
      fc.property(text, text, (summary, location) => {
        const written = calendar(summary, location);
        const lines = written.split('\r\n');
        expect(lines.at(-1)).toBe('');
        expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
        expect(written.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        const [event] = parsed(written).events;
        expect(event?.summary).toBe(summary);
        expect(event?.location).toBe(location);
      }),
    );
  });
  test('escapes line breaks, commas, semicolons and backslashes', () => {
    const [event] = parsed(calendar('a,b;c\\n\nd\r\ne', 'x')).events;
    expect(event?.summary).toBe('a,b;c\\n\nd\ne');
    expect(calendar('a\r\nMETHOD:CANCEL', 'x')).not.toMatch(/^METHOD:CANCEL/m);
  });
  test('folds between characters', () => {
    expect(
      folded(`A:${'é'.repeat(60)}`)
        .split('\r\n ')
        .map((line) => Buffer.byteLength(line)),
    ).toEqual([74, 48]);
  });
});

describe('a mailer of files', () => {
  test('writes one whole mail for each id', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'probono-mail-'));
    try {
      const mailer = openMailer(`file:${directory}`);
      const mail = renderMail(content([notice('booked')]));
      await mailer.send(mail);
      await mailer.send(mail);
      expect(await readdir(directory)).toEqual(['rem-1.v1@programme.example.eml']);
      const read = await PostalMime.parse(await readFile(join(directory, 'rem-1.v1@programme.example.eml')));
      expect(read.subject).toBe('Séance planifiée le jeudi 19 mars 2026');
      await mailer.close();
    } finally {
      await rm(directory, { recursive: true });
    }
  });
  test('is no other address', () => {
    expect(() => openMailer('https://user:hunter2@host')).toThrow(/^mails go to smtp/);
    expect(() => openMailer('https://user:hunter2@host')).not.toThrow(/hunter2/);
  });
});

describe('an SMTP server', () => {
  let server: MailServer;
  let mailer: Mailer;
  const open = async (options?: SmtpOptions) => {
    server = await startMailServer();
    mailer = openMailer(server.url, options);
  };
  const send = (n = 1) =>
    mailer.send(renderMail(content([notice('booked')], { messageId: `<rem-${n}.v1@programme.example>` })));
  afterEach(async () => {
    await mailer.close();
    await server.close();
  });

  test('is given no more mails a second than it may be', async () => {
    await open({ mailsPerSecond: 2 });
    const began = Date.now();
    for (let n = 1; n <= 5; n += 1) await send(n);
    expect(Date.now() - began).toBeGreaterThan(1500);
    expect(server.inbox).toHaveLength(5);
  });
  test.each([
    [451, { outcome: 'later', concerns: 'mail', code: 451 }],
    [421, { outcome: 'later', concerns: 'server', code: 421 }],
    [550, { outcome: 'refused', code: 550 }],
  ])('that answers %d to the recipient', async (code, delivery) => {
    await open();
    server.answer = () => code;
    expect(await send()).toEqual(delivery);
  });
  test('that hangs up after the message leaves its outcome unknown', async () => {
    await open();
    server.onMessage = 'hang-up';
    expect(await send()).toEqual({ outcome: 'unknown' });
  });
  test('that is not there takes nothing now', async () => {
    await open();
    await server.close();
    expect(await send()).toEqual({ outcome: 'later', concerns: 'server' });
    server = await startMailServer();
  });
  test('that closed a connection in the meantime gets the mail over another', async () => {
    await open();
    await send(1);
    server.hangUp();
    expect(await send(2)).toEqual({ outcome: 'accepted' });
    expect(server.inbox).toHaveLength(2);
  });
  test('that does not speak in time takes nothing now', async () => {
    await open();
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const other = openMailer(`smtp://127.0.0.1:${port}`, { timeoutMs: 200 });
    expect(await other.send(renderMail(content([notice('booked')])))).toEqual({ outcome: 'later', concerns: 'server' });
    await other.close();
    await new Promise((resolve) => silent.close(resolve));
  });
});
