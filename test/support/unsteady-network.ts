import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** What the network does to whom. */
export type Fault =
  /** Whatever is sent from now on, in either direction, does not arrive; connections stay open. */
  | 'stall'
  /** New connections are taken and led nowhere. */
  | 'black hole'
  /** New connections are refused, those there are cut. */
  | 'refuse'
  /** The next that a client sends does not arrive, and the connection is cut. */
  | 'cut request'
  /** The next that a client sends arrives; when the server answers, the connection is cut. */
  | 'cut reply';

/** A way through TCP to a server, which can go wrong as networks do. */
export interface UnsteadyNetwork {
  readonly port: number;
  /** From now on, until it heals. */
  suffer(fault: Fault): Promise<void>;
  heal(): Promise<void>;
  close(): Promise<void>;
}

const host = '127.0.0.1';

export const unsteadyNetworkTo = async (port: number): Promise<UnsteadyNetwork> => {
  let fault: Fault | undefined;
  const pairs = new Set<readonly [Socket, Socket]>();
  const cutAll = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  const server = createServer((client) => {
    const upstream = connect(port, host);
    const pair = [client, upstream] as const;
    pairs.add(pair);
    const cut = () => {
      pairs.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    let asked = false;
    client.on('data', (bytes) => {
      if (fault === 'cut request') return cut();
      if (fault === 'stall' || fault === 'black hole') return;
      asked = fault === 'cut reply';
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (asked && fault === 'cut reply') return cut();
      if (fault === 'stall' || fault === 'black hole') return;
      client.write(bytes);
    });
    for (const socket of pair) socket.on('error', cut).on('close', cut);
  });
  const listen = async (at: number) => {
    server.listen(at, host);
    await once(server, 'listening');
  };
  await listen(0);
  const address = server.address();
  const own = typeof address === 'object' && address !== null ? address.port : 0;
  const refuse = async () => {
    const closed = once(server, 'close');
    server.close();
    cutAll();
    await closed;
  };
  return {
    port: own,
    async suffer(next) {
      fault = next;
      if (next === 'black hole') cutAll();
      if (next === 'refuse') await refuse();
    },
    async heal() {
      if (fault === 'refuse') await listen(own);
      // What was swallowed meanwhile would be missing in the middle of a connection.
      if (fault === 'stall' || fault === 'black hole') cutAll();
      fault = undefined;
    },
    async close() {
      if (server.listening) await refuse();
    },
  };
};
