import type { Mail } from './mail.js';

/** A mail in the terms of nodemailer. */
export const mimeOf = ({ from, to, subject, text, html, messageId, headers, calendar, calendarFiles = [] }: Mail) => ({
  from,
  to,
  subject,
  text,
  html,
  messageId,
  headers,
  // Nothing in a mail may make the sender read a file or fetch an address.
  disableFileAccess: true,
  disableUrlAccess: true,
  ...(calendar === undefined
    ? {}
    : { icalEvent: { method: calendar.method, filename: 'invitation.ics', content: calendar.content } }),
  attachments: calendarFiles.map(({ method, content }, index) => ({
    filename: `session-${index + 1}.ics`,
    contentType: `text/calendar; charset=utf-8; method=${method}`,
    content,
  })),
});
