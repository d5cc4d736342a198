/** A message of PostgreSQL's protocol, version 3: its type, and all of its bytes. */
export interface Message {
  /** Empty for the first message of a client, which has none. */
  readonly type: string;
  readonly bytes: Buffer;
}

/** Takes a stream of bytes apart into messages; what is not complete yet waits. `startup`: the first one has no type. */
export const messagesIn = (startup: boolean): ((chunk: Buffer) => readonly Message[]) => {
  let left = Buffer.alloc(0);
  let typed = !startup;
  return (chunk) => {
    left = Buffer.concat([left, chunk]);
    const messages: Message[] = [];
    for (;;) {
      const head = typed ? 1 : 0;
      if (left.length < head + 4) return messages;
      const length = head + left.readUInt32BE(head);
      if (left.length < length) return messages;
      messages.push({ type: typed ? left.toString('latin1', 0, 1) : '', bytes: left.subarray(0, length) });
      left = left.subarray(length);
      typed = true;
    }
  };
};

/** True for what makes work durable: an append, which is a transaction of its own, or the end of a transaction. */
export const commits = ({ type, bytes }: Message): boolean => {
  const text = bytes.toString('latin1');
  if (type === 'Q') return text.includes('COMMIT');
  return type === 'P' && (text.includes('probono.append_events(') || text.includes('COMMIT'));
};

/** What a server sends when it has answered all that was asked. */
export const isReady = ({ type }: Message): boolean => type === 'Z';
