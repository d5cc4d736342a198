export type { Bell, RingCounts } from './bell.js';
export { type Gauge, type GaugeSample, gaugesText, queueGauges } from './gauges.js';
export { type HostOptions, runHost } from './host.js';
export type { LoopHealth, WorkLoop } from './loop.js';
export { type OpenQueueOptions, openQueue, type Queue, type QueueBackend, type QueueHealth } from './queue.js';
export { QueueUnavailable } from './unavailable.js';
export { workerLogger } from './worker-logger.js';
