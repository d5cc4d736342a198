/** The calls that can be told to misbehave. */
export type CallName = 'append' | 'read' | 'subscribe' | 'delete' | 'tombstone' | 'features' | 'gossip';

/** What a call does instead of its duty. */
export type Misbehaviour =
  | 'stall'
  | 'stall-after-commit'
  | 'cut'
  | 'cut-after-commit'
  | 'timeout'
  | 'timeout-after-commit'
  | 'busy'
  | 'not-ready'
  | 'no-leader'
  | 'unknown'
  | 'internal'
  | 'unimplemented'
  | 'unauthenticated'
  | 'access-denied'
  | 'stream-deleted'
  | 'too-large'
  | { readonly notLeader: { readonly host: string; readonly port: number } }
  /** Reads and subscriptions: after so many events. */
  | { readonly cutAfter: number }
  | { readonly stallAfter: number };

/** What the stand-in was told to do wrong. */
export interface Orders {
  /** The next `times` calls of this name misbehave; orders are followed in turn. */
  next(call: CallName, misbehaviour: Misbehaviour, times?: number): void;
  /** What this call is to do wrong, if anything. */
  take(call: CallName): Misbehaviour | undefined;
  /** Orders that no call has met yet are forgotten. */
  clear(): void;
}

export const createOrders = (): Orders => {
  const waiting = new Map<CallName, Misbehaviour[]>();
  return {
    next(call, misbehaviour, times = 1) {
      const orders = waiting.get(call) ?? [];
      for (let each = 0; each < times; each++) orders.push(misbehaviour);
      waiting.set(call, orders);
    },
    take: (call) => waiting.get(call)?.shift(),
    clear: () => waiting.clear(),
  };
};
