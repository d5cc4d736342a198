export type { PersonalField } from '@probono/domain';
export { appendBytes, assertAppendable } from './append-size.js';
export { bucketCount, bucketOf } from './bucket.js';
export { type JsonCodecOptions, jsonCodec } from './codec/json-codec.js';
export { assertPlainJson, canonicalBytes } from './codec/plain-json.js';
export type {
  Codec,
  DecodedEvent,
  DecodeOptions,
  EventToEncode,
  FieldCipher,
  PersonalValue,
  UnknownEvent,
} from './codec.js';
export type { ConformanceCase } from './conformance/arena.js';
export { conformanceCases, conformanceCasesFor } from './conformance/cases.js';
export type { LogDifference } from './copy/compare-logs.js';
export { type CopyLogOptions, type CopyProgress, type CopyResult, copyLog } from './copy/copy-log.js';
export { AppendTooLarge, Unavailable, UnknownOutcome } from './failure.js';
export { type MemoryEventStoreOptions, memoryEventStore } from './memory/memory-event-store.js';
export {
  type Appended,
  type AppendOptions,
  type Capabilities,
  type Check,
  type Conflict,
  type EventStore,
  type EventToAppend,
  type ExpectedRevision,
  maxAppendBytes,
  type ReadAllOptions,
  type ReadStreamOptions,
  type StoredEvent,
  type StreamAppend,
  type StreamInfo,
  type SubscribeOptions,
  type SubscriptionItem,
} from './port.js';
export { createWake, type Wake } from './wake.js';
