export { traceIdOf } from './correlation.js';
export { type Facts, type Traced, type TracedSpan, traced } from './traced.js';
