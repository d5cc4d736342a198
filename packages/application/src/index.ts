export { type Application, type ApplicationParts, openApplication } from './application.js';
export type { FigureSource } from './consider.js';
export { type ContentIds, contentIds } from './digest.js';
export { type AsOf, readDecoded, stateOf, UnreadableEvent } from './history.js';
export type { Contended, Done, NotAllowed, Outcome, StoreSilent, StoreUnavailable } from './outcome.js';
