import { SMTPServer } from 'smtp-server';

/** A mail that was taken, and by which door it came: every worker has a door of its own. */
export interface Taken {
  readonly messageId: string;
  readonly door: number;
}

/** A mail server that takes everything and counts it. */
export interface MailServer {
  readonly url: string;
  close(): Promise<void>;
}

/** What becomes of a mail. `answered` is called once the server's 250 is on its way. */
export interface Post {
  readonly taken: Taken[];
  /** Called as soon as a mail has been answered with 250. */
  onAnswered: (mail: Taken) => void;
}

/** Opens one door of the post. */
export const startMailServer = async (post: Post, door: number): Promise<MailServer> => {
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    disableReverseLookup: true,
    onData(stream, _session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const messageId = /^message-id:\s*(<[^>]+>)/im.exec(Buffer.concat(parts).toString('latin1'))?.[1];
        if (messageId === undefined) return done(new Error('a mail without a Message-ID'));
        const mail = { messageId, door };
        post.taken.push(mail);
        done();
        post.onAnswered(mail);
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('the mail server has no port');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};
