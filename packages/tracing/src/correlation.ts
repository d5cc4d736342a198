import { type Context, type Link, ROOT_CONTEXT, type SpanContext, TraceFlags, trace } from '@opentelemetry/api';

/**
 * The id of the trace that holds all that came of one correlation id, a UUID: its 32 hexadecimal digits. Whoever has an
 * event finds its trace, and whoever has a trace its events; nothing of it is kept with them.
 */
export const traceIdOf = (correlationId: string): string => correlationId.replaceAll('-', '').toLowerCase();

/** The root that all spans of a correlation hang from, in whichever process they are made; itself it is no span. */
const rootOf = (correlationId: string): SpanContext => {
  const traceId = traceIdOf(correlationId);
  return { traceId, spanId: traceId.slice(16), traceFlags: TraceFlags.SAMPLED, isRemote: true };
};

/** The context in which to begin spans of that trace. */
export const contextOf = (correlationId: string): Context => trace.setSpanContext(ROOT_CONTEXT, rootOf(correlationId));

/** A link to that trace. */
export const linkTo = (correlationId: string): Link => ({ context: rootOf(correlationId) });
