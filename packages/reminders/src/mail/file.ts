import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Mailer } from './mail.js';
import { mimeOf } from './mime.js';

/** The file of a mail: its Message-ID, without what a file name may not hold. */
export const fileOf = (messageId: string): string => `${messageId.replace(/[^A-Za-z0-9.@_-]/g, '')}.eml`;

/** A mailer that writes each mail to a file of its own in `directory`; the same mail again is the same file. */
export const fileMailer = (directory: string): Mailer => {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    async send(mail) {
      const { message } = await transport.sendMail(mimeOf(mail));
      if (!Buffer.isBuffer(message)) throw new TypeError('the mail was not written as a whole');
      await mkdir(directory, { recursive: true });
      const file = join(directory, fileOf(mail.messageId));
      // Whoever watches the directory sees a whole mail or none.
      const part = `${file}.part`;
      await writeFile(part, message);
      await rename(part, file);
      return { outcome: 'accepted' };
    },
    async close() {
      transport.close();
    },
  };
};
