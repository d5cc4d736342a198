import { randomUUID } from 'node:crypto';
import { type FeaturesServer, features, type GossipServer, gossip, shared, streamsService } from './protocol.js';
import { failureAsOrdered, type Member, type State } from './state.js';

/** What the server can do; clients ask before their first append. */
export const featuresCall =
  (state: State): FeaturesServer['getSupportedMethods'] =>
  (_, answer) => {
    state.calls.push('GetSupportedMethods');
    const order = state.orders.take('features');
    if (order === 'cut') return state.cut();
    if (order === 'stall') return;
    const failure = order && failureAsOrdered(order, '');
    if (failure !== undefined) return answer(failure);
    const methods = new features.SupportedMethods().setEventStoreServerVersion(state.version);
    for (const { path } of Object.values(streamsService)) {
      const [, service = '', method = ''] = path.toLowerCase().split('/');
      methods.addMethods(new features.SupportedMethod().setServiceName(service).setMethodName(method));
    }
    answer(null, methods);
  };

/** Who is in the cluster; one node alone tells of itself. */
export const gossipCall =
  (state: State): GossipServer['read'] =>
  (_, answer) => {
    state.calls.push('Gossip');
    const order = state.orders.take('gossip');
    if (order === 'cut') return state.cut();
    if (order === 'stall') return;
    const failure = order && failureAsOrdered(order, '');
    if (failure !== undefined) return answer(failure);
    answer(
      null,
      new gossip.ClusterInfo().setMembersList(state.members().map((member) => memberMessage(state, member))),
    );
  };

const states: Readonly<Record<Member['state'], keyof typeof gossip.MemberInfo.VNodeState>> = {
  leader: 'LEADER',
  follower: 'FOLLOWER',
  'read-only-replica': 'READONLYREPLICA',
  'catching-up': 'CATCHINGUP',
};

const memberMessage = (state: State, { host, port, state: of, alive = true }: Member) =>
  new gossip.MemberInfo()
    .setInstanceId(new shared.UUID().setString(randomUUID()))
    .setTimeStamp(String(BigInt(state.now().getTime()) * 10_000n))
    .setState(gossip.MemberInfo.VNodeState[states[of]])
    .setIsAlive(alive)
    .setHttpEndPoint(new gossip.EndPoint().setAddress(host).setPort(port));
