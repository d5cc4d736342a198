export { eventStoreMigrations } from './migrations.js';
export { type PostgresEventStoreOptions, postgresEventStore } from './postgres-event-store.js';
export { type Tick, tickEvery } from './subscribe.js';
