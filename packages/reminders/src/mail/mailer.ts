import { fileURLToPath } from 'node:url';
import { fileMailer } from './file.js';
import type { Mailer } from './mail.js';
import { type SmtpOptions, smtpMailer } from './smtp.js';

/**
 * Opens a mailer by its address: `smtp://host:port` and `smtps://…` (user and password in the address, or none), or
 * `file:DIR`, which writes one `.eml` for each mail. Connects when the first mail is sent.
 *
 * @throws {TypeError} for any other address; the message holds no password.
 */
export const openMailer = (address: string, options: SmtpOptions = {}): Mailer => {
  if (address.startsWith('file://')) return fileMailer(fileURLToPath(address));
  if (address.startsWith('file:')) return fileMailer(address.slice('file:'.length));
  if (/^smtps?:\/\//.test(address) && URL.canParse(address)) return smtpMailer(new URL(address), options);
  throw new TypeError('mails go to smtp://host:port, smtps://host:port or file:DIR');
};
