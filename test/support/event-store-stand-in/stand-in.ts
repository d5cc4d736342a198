import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import { type Account, createGuard, defaultAccounts } from './access.js';
import { defaultMaxAppendSize } from './append.js';
import { appendCall, batchAppendCall } from './append-calls.js';
import type { Certificates } from './certificates.js';
import { deleteCall, tombstoneCall } from './deletion-calls.js';
import { createLog, type Log } from './log.js';
import { featuresCall, gossipCall } from './node-calls.js';
import { createOrders, type Orders } from './orders.js';
import { featuresService, gossipService, grpc, streamsService } from './protocol.js';
import { readCall } from './read-calls.js';
import { leaderOnly, type Member, type State } from './state.js';

export interface StandInOptions {
  /** 0 for any free one. */
  readonly port?: number;
  /** TLS, and with it accounts: without it nobody is asked who they are. */
  readonly certificates?: Certificates;
  readonly accounts?: readonly Account[];
  /** What gossip tells; by default this node alone, as the leader. */
  readonly members?: () => readonly Member[];
  /** Bytes in one append. */
  readonly maxAppendSize?: number;
  readonly projections?: boolean;
  readonly version?: string;
  readonly log?: Log;
  readonly now?: () => Date;
}

/** A server that speaks EventStoreDB's protocol, with a log in memory. */
export interface StandIn {
  readonly port: number;
  readonly log: Log;
  readonly orders: Orders;
  /** The gRPC methods that were called so far. */
  readonly calls: readonly string[];
  /** A connection string, for an account where accounts are asked for. */
  url(account?: Pick<Account, 'name' | 'password'>): string;
  connections(): number;
  /** Whether it listens. */
  isUp(): boolean;
  /** Destroys all connections. */
  cut(): void;
  /** Stops to read from and write to connections: a network that has gone silent. */
  hold(): void;
  release(): void;
  /** As if killed: connections are destroyed, the port is closed; the log stays. */
  stop(): Promise<void>;
  /** As if told to stop: open calls are cancelled first. */
  shutDown(): Promise<void>;
  /** The same port and log again. */
  start(): Promise<void>;
}

const host = '127.0.0.1';

export const startStandIn = async (options: StandInOptions = {}): Promise<StandIn> => {
  const { certificates, projections = false, version = '24.10.0', now = () => new Date() } = options;
  const accounts = options.accounts ?? (certificates && defaultAccounts);
  const log = options.log ?? createLog(now);
  if (log.all.length === 0) writeSystemEvents(log);
  const orders = createOrders();
  const calls: string[] = [];
  const sockets = new Set<Socket>();
  const streaming = new Set<() => void>();
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  let port = options.port ?? 0;
  const { maxAppendSize = defaultMaxAppendSize, members = () => [{ host, port, state: 'leader' }] } = options;
  const state: State = {
    ...{ log, orders, calls, projections, version, now, cut, members, maxAppendSize, streaming },
    admit: leaderOnly(createGuard(log, accounts), () => port, members),
  };
  let listening: NetServer | undefined;
  let stopGrpc = () => {};
  const start = async () => {
    const server = new grpc.Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
    addServices(server, state);
    const injector = server.createConnectionInjector(credentialsOf(certificates));
    stopGrpc = () => server.forceShutdown();
    listening = createServer((socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => socket.destroy());
      injector.injectConnection(socket);
    });
    listening.listen(port, host);
    await once(listening, 'listening');
    const address = listening.address();
    if (typeof address === 'object' && address !== null) port = address.port;
  };
  const stop = async () => {
    const closed = listening && once(listening, 'close');
    listening?.close();
    cut();
    stopGrpc();
    await closed;
  };
  await start();
  return {
    ...{ log, orders, calls, cut, start },
    get port() {
      return port;
    },
    url: (account = accounts?.[1]) => connectionString(port, certificates, account),
    connections: () => sockets.size,
    isUp: () => listening?.listening ?? false,
    hold() {
      for (const socket of sockets) {
        socket.pause();
        socket.cork();
      }
    },
    release() {
      for (const socket of sockets) {
        socket.uncork();
        socket.resume();
      }
    },
    stop,
    async shutDown() {
      for (const end of streaming) end();
      // What calls are told last leaves the process some turns later.
      for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
      for (const socket of sockets) socket.destroySoon();
      await stop();
    },
  };
};

const addServices = (server: InstanceType<typeof grpc.Server>, state: State): void => {
  server.addService(streamsService, {
    read: readCall(state),
    append: appendCall(state),
    batchAppend: batchAppendCall(state),
    delete: deleteCall(state),
    tombstone: tombstoneCall(state),
  });
  server.addService(featuresService, { getSupportedMethods: featuresCall(state) });
  server.addService(gossipService, { read: gossipCall(state) });
};

const credentialsOf = (certificates: Certificates | undefined): object =>
  certificates === undefined
    ? grpc.ServerCredentials.createInsecure()
    : grpc.ServerCredentials.createSsl(null, [{ private_key: certificates.key, cert_chain: certificates.certificate }]);

const connectionString = (
  port: number,
  certificates: Certificates | undefined,
  account: Pick<Account, 'name' | 'password'> | undefined,
): string => {
  if (certificates === undefined) return `esdb://${host}:${port}?tls=false`;
  const user = account && `${encodeURIComponent(account.name)}:${encodeURIComponent(account.password)}@`;
  return `esdb://${user ?? ''}localhost:${port}?tls=true&tlsCAFile=${encodeURIComponent(certificates.caFile)}`;
};

/** What a real server writes before anyone else does. */
const writeSystemEvents = (log: Log): void => {
  const event = (type: string, value: object) => ({
    id: randomUUID(),
    type,
    contentType: 'application/json',
    data: Buffer.from(JSON.stringify(value)),
    metadata: new Uint8Array(),
  });
  log.write('$$$settings', [event('$metadata', { $acl: {} })]);
  log.write('$user-admin', [event('$UserCreated', { loginName: 'admin' })]);
};
