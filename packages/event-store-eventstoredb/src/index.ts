export { type EventStoreDbOptions, eventStoreDb } from './event-store-db.js';
export type { BackOff, EventStoreDbLogger } from './subscribe.js';
