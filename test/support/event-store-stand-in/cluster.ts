import type { Certificates } from './certificates.js';
import { createLog } from './log.js';
import { type StandIn, type StandInOptions, startStandIn } from './stand-in.js';
import type { Member } from './state.js';

/** Nodes of one log, which agree on who leads as long as most of them are up. */
export interface StandInCluster {
  readonly nodes: readonly StandIn[];
  leader(): StandIn | undefined;
  stop(): Promise<void>;
}

export interface StandInClusterOptions extends Pick<StandInOptions, 'maxAppendSize' | 'projections'> {
  readonly nodes?: number;
  /** As clients are told of the nodes. */
  readonly host?: string;
  readonly certificates?: Certificates;
}

/** Starts the nodes; the first leads. When it is stopped the next does, and goes on when the first comes back. */
export const startCluster = async (options: StandInClusterOptions = {}): Promise<StandInCluster> => {
  const { nodes: count = 3, host = '127.0.0.1', ...common } = options;
  const log = createLog(() => new Date());
  const nodes: StandIn[] = [];
  let elected: StandIn | undefined;
  const leader = () => {
    const up = nodes.filter((node) => node.isUp());
    if (up.length * 2 <= count) elected = undefined;
    else if (elected === undefined || !elected.isUp()) elected = up[0];
    return elected;
  };
  const members = (): readonly Member[] => {
    const leading = leader();
    return nodes.map((node) => ({
      ...{ host, port: node.port, alive: node.isUp() },
      state: node === leading ? 'leader' : 'follower',
    }));
  };
  for (let each = 0; each < count; each++) nodes.push(await startStandIn({ ...common, log, members }));
  return {
    nodes,
    leader,
    async stop() {
      for (const node of nodes) if (node.isUp()) await node.stop();
    },
  };
};
