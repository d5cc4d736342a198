import type { PgliteSession } from './session.js';

/** Which clients listen to which channel: on one session `UNLISTEN` by one must not silence the others. */
export interface Listening {
  /** Takes over `LISTEN` and `UNLISTEN` of a client; false when the statement is another. */
  handle(client: Listener, statement: string): Promise<boolean>;
  /** The client listens to nothing any more. The caller holds the turn. */
  leave(client: Listener): Promise<void>;
  hears(client: Listener): boolean;
  stop(): void;
}

export type Listener = (channel: string, payload: string) => void;

const COMMENTS = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/;
const STATEMENT = /^(listen|unlisten)\s+("(?:[^"]|"")+"|[a-z_][\w$]*|\*)\s*;?\s*$/i;

export function createListening(session: PgliteSession): Listening {
  const channels = new Map<Listener, Set<string>>();
  const stop = session.onNotification((channel, payload) => {
    for (const [listener, heard] of channels) if (heard.has(channel)) listener(channel, payload);
  });
  const isHeard = (channel: string) => [...channels.values()].some((heard) => heard.has(channel));

  const unlisten = async (client: Listener, dropped: readonly string[]) => {
    for (const channel of dropped) {
      channels.get(client)?.delete(channel);
      if (!isHeard(channel)) await session.script(`UNLISTEN ${quoted(channel)}`);
    }
  };

  return {
    async handle(client, statement) {
      const [, verb, name] = STATEMENT.exec(statement.replace(COMMENTS, '')) ?? [];
      if (verb === undefined || name === undefined) return false;
      if (verb.toLowerCase() === 'listen') {
        const channel = unquoted(name);
        await session.script(`LISTEN ${quoted(channel)}`);
        channels.set(client, (channels.get(client) ?? new Set()).add(channel));
      } else {
        await unlisten(client, name === '*' ? [...(channels.get(client) ?? [])] : [unquoted(name)]);
      }
      return true;
    },
    async leave(client) {
      await unlisten(client, [...(channels.get(client) ?? [])]);
      channels.delete(client);
    },
    hears: (client) => (channels.get(client)?.size ?? 0) > 0,
    stop,
  };
}

function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase();
}

function quoted(channel: string): string {
  return `"${channel.replaceAll('"', '""')}"`;
}
