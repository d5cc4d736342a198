import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { commits, isReady, messagesIn } from './wire.js';

/** Where a connection is cut: the server never hears of the commit, or has answered it and the answer is lost. */
export type Cut = 'before-commit' | 'after-commit';

/** A way to the database that can be cut. */
export interface Relay {
  readonly port: number;
  /** Cuts one connection at the next commit; resolves when it was cut, or to false when that was given up. */
  cut(where: Cut): Promise<boolean>;
  /** Gives up the cuts that had no occasion. */
  giveUp(): void;
  /** Cuts all connections there are, wherever they are. */
  cutAll(): number;
  close(): Promise<void>;
}

/** Listens on a port of 127.0.0.1 and passes everything on to another one. */
export const startRelay = async (target: number): Promise<Relay> => {
  const open = new Set<() => void>();
  const orders: Order[] = [];
  const giveUp = (): void => {
    for (const { done } of orders.splice(0)) done(false);
  };

  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    const end = (): void => {
      open.delete(end);
      client.destroy();
      upstream.destroy();
    };
    open.add(end);
    // Small messages that wait for each other's acknowledgement would make every round trip slow.
    for (const socket of [client, upstream]) socket.setNoDelay(true).on('error', end).on('close', end);
    passOn(client, upstream, () => orders.shift(), end);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the relay has no port');

  return {
    port: address.port,
    cut: (where) => new Promise((done) => orders.push({ where, done })),
    giveUp,
    cutAll() {
      const ends = [...open];
      for (const end of ends) end();
      return ends.length;
    },
    async close() {
      for (const end of [...open]) end();
      giveUp();
      server.close();
      await once(server, 'close');
    },
  };
};

interface Order {
  readonly where: Cut;
  readonly done: (cut: boolean) => void;
}

const passOn = (client: Socket, upstream: Socket, order: () => Order | undefined, end: () => void): void => {
  const asked = messagesIn(true);
  const answered = messagesIn(false);
  /** Set once an answer is to be lost. */
  let losing: Order['done'] | undefined;
  client.on('data', (chunk) => {
    for (const message of asked(chunk)) {
      const cut = commits(message) ? order() : undefined;
      if (cut?.where === 'before-commit') {
        end();
        return cut.done(true);
      }
      if (cut !== undefined) losing = cut.done;
      upstream.write(message.bytes);
    }
  });
  upstream.on('data', (chunk) => {
    if (losing === undefined) return void client.write(chunk);
    if (!answered(chunk).some(isReady)) return;
    end();
    losing(true);
  });
  client.on('end', () => upstream.end());
  upstream.on('end', () => client.end());
  // Should the connection go another way, the one who waits must not wait for ever.
  upstream.on('close', () => losing?.(true));
};
