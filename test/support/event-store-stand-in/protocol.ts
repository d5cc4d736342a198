import { createRequire } from 'node:module';
import type { Duplex } from 'node:stream';
import type * as GossipService from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import type * as Gossip from '@eventstore/db-client/generated/gossip_pb.js';
import type * as FeaturesService from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import type * as Features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type * as Shared from '@eventstore/db-client/generated/shared_pb.js';
import type * as Status from '@eventstore/db-client/generated/status_pb.js';
import type * as StreamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type * as Streams from '@eventstore/db-client/generated/streams_pb.js';

export type { Gossip, Shared, Status, Streams };
export type StreamsServer = StreamsService.IStreamsServer;
export type GossipServer = GossipService.IGossipServer;
export type FeaturesServer = FeaturesService.IServerFeaturesServer;

// The client's own copies: the messages of a second google-protobuf would be strangers to those of the first.
const require = createRequire(import.meta.url);
const requireInClient = createRequire(require.resolve('@eventstore/db-client'));

const generated = '@eventstore/db-client/generated';
export const streams: typeof Streams = require(`${generated}/streams_pb.js`);
export const shared: typeof Shared = require(`${generated}/shared_pb.js`);
export const status: typeof Status = require(`${generated}/status_pb.js`);
export const gossip: typeof Gossip = require(`${generated}/gossip_pb.js`);
export const features: typeof Features = require(`${generated}/serverfeatures_pb.js`);
export const { StreamsService: streamsService }: typeof StreamsService = require(`${generated}/streams_grpc_pb.js`);
export const { GossipService: gossipService }: typeof GossipService = require(`${generated}/gossip_grpc_pb.js`);
export const { ServerFeaturesService: featuresService }: typeof FeaturesService = require(
  `${generated}/serverfeatures_grpc_pb.js`,
);

/** Headers and trailers of a call. */
export type Metadata = Parameters<StreamsServer['read']>[0]['metadata'];

interface Injector {
  injectConnection(connection: Duplex): void;
}

interface GrpcServer {
  addService(service: object, implementation: object): void;
  createConnectionInjector(credentials: object): Injector;
  forceShutdown(): void;
}

/** What the stand-in uses of `@grpc/grpc-js`, whose types only the client's own tree can resolve. */
interface Grpc {
  readonly Server: new (options?: Readonly<Record<string, number>>) => GrpcServer;
  readonly Metadata: new () => Metadata;
  readonly ServerCredentials: {
    createInsecure(): object;
    createSsl(root: null, pairs: readonly { readonly private_key: Buffer; readonly cert_chain: Buffer }[]): object;
  };
  readonly status: Readonly<Record<StatusName, number>>;
}

export type StatusName =
  | 'CANCELLED'
  | 'UNKNOWN'
  | 'INVALID_ARGUMENT'
  | 'DEADLINE_EXCEEDED'
  | 'NOT_FOUND'
  | 'ALREADY_EXISTS'
  | 'PERMISSION_DENIED'
  | 'FAILED_PRECONDITION'
  | 'ABORTED'
  | 'UNIMPLEMENTED'
  | 'INTERNAL'
  | 'UNAVAILABLE'
  | 'UNAUTHENTICATED';

export const grpc: Grpc = requireInClient('@grpc/grpc-js');

type EmptyMessage = NonNullable<ReturnType<Streams.BatchAppendResp['getNoStream']>>;
type AnyMessage = NonNullable<ReturnType<Status.Status['getDetails']>>;

/** Google's own messages that the service definitions lean on. */
export const { Empty: GoogleEmpty }: { readonly Empty: new () => EmptyMessage } = requireInClient(
  'google-protobuf/google/protobuf/empty_pb.js',
);
export const { Any }: { readonly Any: new () => AnyMessage } = requireInClient(
  'google-protobuf/google/protobuf/any_pb.js',
);

/** What is common to all forms of a gRPC call. */
export interface Call {
  readonly metadata: Metadata;
}
