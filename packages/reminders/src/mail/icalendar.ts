import type { Instant } from '@probono/domain';
import { plusMinutes } from '@probono/domain';
import type { CalendarMethod, CalendarPart, Mailbox } from './mail.js';

/** One session as a calendar has it. */
export interface CalendarEvent {
  readonly uid: string;
  /** Of the versions of one session, the greatest counts (RFC 5545, 3.8.7.4). */
  readonly sequence: number;
  readonly startsAt: Instant;
  readonly minutes: number;
  readonly summary: string;
  readonly location: string;
  readonly cancelled: boolean;
}

/** What a calendar object is made of. */
export interface CalendarContent {
  readonly method: CalendarMethod;
  /** When the object was made. */
  readonly stamp: Instant;
  readonly organizer: Mailbox;
  /** Its only recipient. */
  readonly attendee: Mailbox;
  readonly locale: string;
  readonly events: readonly CalendarEvent[];
}

/**
 * The revision number of a session's event. It must rise with every REQUEST and CANCEL (RFC 5546, section 2.1.4): a
 * version's cancellation comes after the version, and before the version that reinstates the session.
 */
export const sequenceOf = (version: number, cancelled: boolean): number => 2 * (version - 1) + (cancelled ? 1 : 0);

/** `20260302T090000Z`: UTC, so that no time-zone definition has to be sent, and none can be wrong. */
const utc = (instant: Instant): string => instant.replace(/[-:]|\.\d+/g, '');

/** RFC 5545, section 3.3.11. */
const escaped = (text: string): string =>
  text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|\r|\n/g, '\\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what may not stand there
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');

/** A parameter's value in quotes, which it cannot hold itself (RFC 5545, section 3.2). */
const quoted = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what may not stand there
  `"${text.replace(/["\u0000-\u001f\u007f]/g, '')}"`;

/** Folds a line at 75 octets, never inside a character (RFC 5545, section 3.1). */
export const folded = (line: string): string => {
  const lines: string[] = [];
  let current = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > 75) {
      lines.push(current);
      current = ' ';
      octets = 1;
    }
    current += character;
    octets += size;
  }
  return [...lines, current].join('\r\n');
};

const eventLines = (
  { uid, sequence, startsAt, minutes, summary, location, cancelled }: CalendarEvent,
  { method, stamp, organizer, attendee, locale }: CalendarContent,
): readonly string[] => [
  'BEGIN:VEVENT',
  `UID:${escaped(uid)}`,
  `SEQUENCE:${sequence}`,
  `DTSTAMP:${utc(stamp)}`,
  `DTSTART:${utc(startsAt)}`,
  `DTEND:${utc(plusMinutes(startsAt, minutes))}`,
  `SUMMARY;LANGUAGE=${locale}:${escaped(summary)}`,
  `LOCATION;LANGUAGE=${locale}:${escaped(location)}`,
  `STATUS:${cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
  `ORGANIZER;CN=${quoted(organizer.name)}:mailto:${organizer.address}`,
  // A published event has no attendees (RFC 5546, section 3.2.1).
  ...(method === 'PUBLISH'
    ? []
    : [
        `ATTENDEE;CN=${quoted(attendee.name)};ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:${attendee.address}`,
      ]),
  'TRANSP:OPAQUE',
  'END:VEVENT',
];

/**
 * Writes an iCalendar object (RFC 5545): CRLF, lines of at most 75 octets, times in UTC. A REQUEST or a CANCEL speaks
 * of one event; several are published, since one request may not hold several (RFC 5546, section 3.2.2).
 */
export const calendarOf = (content: CalendarContent): CalendarPart => {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Probono//Reminders//EN',
    'CALSCALE:GREGORIAN',
    `METHOD:${content.method}`,
    ...content.events.flatMap((event) => eventLines(event, content)),
    'END:VCALENDAR',
  ];
  return { method: content.method, content: `${lines.map(folded).join('\r\n')}\r\n` };
};
