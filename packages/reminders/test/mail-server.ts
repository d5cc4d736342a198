import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A mail that arrived, parsed back. */
export interface Arrived {
  readonly to: readonly string[];
  readonly mail: Email;
  readonly raw: string;
}

/** A real SMTP server on a loopback socket. */
export interface MailServer {
  readonly url: string;
  readonly inbox: Arrived[];
  /** What it answers to a recipient; undefined: 250. */
  answer: (recipient: string) => number | undefined;
  /** What it does with a message once it has it: `hang-up` takes it and closes without an answer. */
  onMessage: 'accept' | 'hang-up';
  /** Closes the connections that are open. */
  hangUp(): void;
  close(): Promise<void>;
}

export const startMailServer = async (): Promise<MailServer> => {
  const inbox: Arrived[] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    disableReverseLookup: true,
    onRcptTo({ address }, _session, done) {
      const code = state.answer(address);
      if (code === undefined) return done();
      done(Object.assign(new Error('not now'), { responseCode: code }));
    },
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', async () => {
        const raw = Buffer.concat(parts);
        const to = session.envelope.rcptTo.map(({ address }) => address);
        inbox.push({ to, mail: await PostalMime.parse(raw), raw: raw.toString('utf8') });
        if (state.onMessage === 'accept') return done();
        state.hangUp();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('the mail server has no port');
  const state: MailServer = {
    url: `smtp://127.0.0.1:${address.port}`,
    inbox,
    answer: () => undefined,
    onMessage: 'accept',
    hangUp: () => {
      for (const connection of server.connections) connection.close();
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return state;
};
