import type { Instant } from '@probono/domain';
import { languageOf, timeOf } from './dates.js';
import { type Html, html } from './html.js';
import { calendarOf, sequenceOf } from './icalendar.js';
import type { CalendarPart, Mail, Mailbox } from './mail.js';
import { calendarMethodOf, type Notice, type SessionFacts } from './notice.js';
import { type Phrases, phrasesIn } from './phrases.js';

/** What a mail is made of. */
export interface MailContent {
  readonly to: Mailbox;
  readonly locale: string;
  /** One: a mail about it. Several: a digest. */
  readonly notices: readonly [Notice, ...Notice[]];
  readonly messageId: string;
  readonly from: Mailbox;
  /** When it is written, by the domain's clock. */
  readonly at: Instant;
  /** What makes the sessions' ids unique in the world's calendars. */
  readonly domain: string;
  readonly unsubscribeUrl?: string;
}

/** More calendar files than this would make a digest heavy; the mail itself names every session. */
const mostCalendarFiles = 50;

type Line = readonly [label: string, value: string];

const linesOf = ({ sessions, mission, from, reference }: Notice, { labels, language }: Phrases): readonly Line[] => {
  const [first] = sessions;
  const places = new Set(sessions.map(({ place }) => place));
  return [
    ...(mission === undefined ? [] : [[labels.mission, mission] as const]),
    ...sessions.map((session): Line => [labels.when, timeOf(session, language)]),
    ...(first === undefined || places.size > 1 ? [] : [[labels.where, first.place] as const]),
    ...(from === undefined ? [] : [[labels.before, `${timeOf(from, language)}, ${from.place}`] as const]),
    ...(reference === undefined ? [] : [[labels.reference, reference] as const]),
  ];
};

const textOf = (notice: Notice, phrases: Phrases): string =>
  [
    phrases.body(notice),
    linesOf(notice, phrases)
      .map(([label, value]) => `${label}${phrases.colon}${value}`)
      .join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');

const htmlOf = (notice: Notice, phrases: Phrases): Html => html`<p>${phrases.body(notice)}</p>
<dl>
${linesOf(notice, phrases).map(([label, value]) => html`<dt><strong>${label}</strong></dt><dd>${value}</dd>\n`)}</dl>`;

const page = (subject: string, greeting: string, parts: Html, phrases: Phrases, unsubscribeUrl?: string): string =>
  `${
    html`<!doctype html>
<html lang="${phrases.language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${subject}</title></head>
<body style="font-family:sans-serif;font-size:1em;line-height:1.5;max-width:40em">
<h1 style="font-size:1.3em">${subject}</h1>
<p>${greeting}</p>
${parts}
<hr>
<p><small>${phrases.footer}${
      unsubscribeUrl === undefined ? '' : html` <a href="${unsubscribeUrl}">${phrases.unsubscribe}</a>`
    }</small></p>
</body>
</html>`.html
  }\n`;

const calendarsOf = (notice: Notice, content: MailContent, phrases: Phrases): CalendarPart | undefined => {
  const method = calendarMethodOf(notice);
  if (method === undefined) return undefined;
  const event = ({ sessionId, version, startsAt, minutes, place }: SessionFacts) => ({
    uid: `${sessionId}@${content.domain}`,
    sequence: sequenceOf(version, method === 'CANCEL'),
    startsAt,
    minutes,
    summary: notice.mission ?? phrases.programme,
    location: place,
    cancelled: method === 'CANCEL',
  });
  return calendarOf({
    method,
    stamp: content.at,
    organizer: content.from,
    attendee: content.to,
    locale: phrases.language,
    events: notice.sessions.map(event),
  });
};

const headersOf = (unsubscribeUrl: string | undefined): Readonly<Record<string, string>> => ({
  'Auto-Submitted': 'auto-generated',
  'X-Auto-Response-Suppress': 'All',
  ...(unsubscribeUrl === undefined
    ? {}
    : { 'List-Unsubscribe': `<${unsubscribeUrl}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
});

/** Writes a mail in the recipient's language, as text and as HTML; about nobody but the recipient. */
export const renderMail = (content: MailContent): Mail => {
  const { to, from, locale, notices, messageId, unsubscribeUrl } = content;
  const phrases = phrasesIn(languageOf(locale));
  const greeting = phrases.greeting(to.name);
  const [first, ...others] = notices;
  const digest = others.length > 0;
  const subject = digest ? phrases.digestSubject(notices.length) : phrases.heading(first);
  const intro = phrases.digestBody(notices.length);
  const calendars = notices.flatMap((notice) => calendarsOf(notice, content, phrases) ?? []);
  const [calendar] = calendars;
  const text = digest
    ? [intro, ...notices.map((notice) => `${phrases.heading(notice)}\n${textOf(notice, phrases)}`)].join('\n\n')
    : textOf(first, phrases);
  const parts = digest
    ? html`<p>${intro}</p>
${notices.map((notice) => html`<h2 style="font-size:1.1em">${phrases.heading(notice)}</h2>\n${htmlOf(notice, phrases)}\n`)}`
    : htmlOf(first, phrases);
  const footer =
    unsubscribeUrl === undefined
      ? phrases.footer
      : `${phrases.footer}\n${phrases.unsubscribe}${phrases.colon}${unsubscribeUrl}`;
  return {
    from,
    to,
    subject,
    messageId,
    text: `${greeting}\n\n${text}\n\n-- \n${footer}\n`,
    html: page(subject, greeting, parts, phrases, unsubscribeUrl),
    headers: headersOf(unsubscribeUrl),
    ...(calendar === undefined || digest ? {} : { calendar }),
    ...(digest ? { calendarFiles: calendars.slice(0, mostCalendarFiles) } : {}),
  };
};
