// BullMQ refuses ':' in queue names; the rest keeps a topic readable in a Redis key, a metric label and a log line.
const TOPIC = /^[a-z][a-z0-9._-]{0,79}$/;

/** Refuses a topic that cannot name a queue on both backends. */
export function checkTopic(topic: string): void {
  if (TOPIC.test(topic)) return;
  throw new TypeError(
    `The topic ${JSON.stringify(topic)} must be lower-case letters, digits, '.', '_' or '-', and start with a letter.`,
  );
}
