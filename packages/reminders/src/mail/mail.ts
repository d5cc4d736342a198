/** A name and an address, as a mail's header has them. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** What a calendar program is asked to do (RFC 5546). */
export type CalendarMethod = 'REQUEST' | 'CANCEL' | 'PUBLISH';

/** An iCalendar object and the method it is sent with, which the MIME part must name too. */
export interface CalendarPart {
  readonly method: CalendarMethod;
  readonly content: string;
}

/** A mail ready to be sent, to one person. */
export interface Mail {
  readonly from: Mailbox;
  readonly to: Mailbox;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** With its angle brackets. */
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Of a mail on one thing: calendar programs offer to carry it out. */
  readonly calendar?: CalendarPart;
  /** Of a digest: one file for each session. */
  readonly calendarFiles?: readonly CalendarPart[];
}

/** What came of handing a mail over. `code` is the server's answer (RFC 5321, section 4.2), when it gave one. */
export type Delivery =
  | { readonly outcome: 'accepted' }
  /** Not taken, to be tried again; `server`: no other mail would be taken now either. */
  | { readonly outcome: 'later'; readonly concerns: 'server' | 'mail'; readonly code?: number }
  /** Never to be taken as it is. */
  | { readonly outcome: 'refused'; readonly code?: number }
  /** The answer to the whole message never came: it may have been taken. */
  | { readonly outcome: 'unknown' };

/** Where mails are handed over. */
export interface Mailer {
  send(mail: Mail): Promise<Delivery>;
  close(): Promise<void>;
}
