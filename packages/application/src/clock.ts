/** Where the current time comes from; ISO 8601 UTC. Injected, so that nothing below reads the machine's clock. */
export type Clock = () => string;
