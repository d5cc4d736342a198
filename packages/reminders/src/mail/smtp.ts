import { createTransport } from 'nodemailer';
import type { Delivery, Mailer } from './mail.js';
import { mimeOf } from './mime.js';

/** How an SMTP server is spoken to. */
export interface SmtpOptions {
  /** At most so many mails a second; no limit unless told. */
  readonly mailsPerSecond?: number;
  /** For every wait on the server: connection, greeting, answer. 10 s unless told. */
  readonly timeoutMs?: number;
}

/** What nodemailer says of a mail that was not accepted. */
interface Failure {
  readonly responseCode?: unknown;
  readonly command?: unknown;
  readonly code?: unknown;
}

const isFailure = (error: unknown): error is Failure => typeof error === 'object' && error !== null;

/** A mailer over pooled connections to an SMTP server: `smtp://user:password@host:port`, or `smtps:`. */
export const smtpMailer = (url: URL, { mailsPerSecond, timeoutMs = 10_000 }: SmtpOptions): Mailer => {
  const secure = url.protocol === 'smtps:';
  const transport = createTransport({
    pool: true,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 25) : Number(url.port),
    secure,
    ...(url.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    // Mails go one after the other; with more connections the rate would not be kept exactly.
    maxConnections: 1,
    // Shorter than any server's patience: a connection is closed by us, and never under a message.
    idleTimeout: 15_000,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    ...(mailsPerSecond === undefined ? {} : { rateDelta: 1000, rateLimit: mailsPerSecond }),
  });
  // Whether a byte of a message left tells a failure before it from one after.
  const read = new Map<string, () => boolean>();
  transport.use('stream', (mail, done) => {
    const open = mail.message.createReadStream.bind(mail.message);
    mail.message.createReadStream = (options) => {
      const stream = open(options);
      read.set(mail.message.messageId(), () => stream.readableDidRead);
      return stream;
    };
    done();
  });

  return {
    async send(mail) {
      try {
        await transport.sendMail(mimeOf(mail));
        return { outcome: 'accepted' };
      } catch (error) {
        return deliveryOf(error, read.get(mail.messageId)?.() ?? false);
      } finally {
        read.delete(mail.messageId);
      }
    },
    async close() {
      transport.close();
    },
  };
};

/** What a failure means for the mail: only an answer about this recipient or this message speaks of the mail itself. */
export const deliveryOf = (error: unknown, messageLeft: boolean): Delivery => {
  if (!isFailure(error)) return messageLeft ? { outcome: 'unknown' } : { outcome: 'later', concerns: 'server' };
  const { responseCode, command, code: cause } = error;
  const ofMail = command === 'RCPT TO' || command === 'DATA';
  if (typeof responseCode !== 'number') {
    // An address that nodemailer itself does not take, such as one with a line break.
    if (cause === 'EENVELOPE') return { outcome: 'refused' };
    return messageLeft ? { outcome: 'unknown' } : { outcome: 'later', concerns: 'server' };
  }
  if (ofMail && responseCode >= 500) return { outcome: 'refused', code: responseCode };
  return { outcome: 'later', concerns: ofMail && responseCode !== 421 ? 'mail' : 'server', code: responseCode };
};
