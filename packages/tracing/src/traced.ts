import {
  type Attributes,
  context,
  type Link,
  ROOT_CONTEXT,
  type Span,
  SpanStatusCode,
  type TimeInput,
  trace,
} from '@opentelemetry/api';
import { contextOf, linkTo } from './correlation.js';

/** What a span says: ids, names, counts. Never what a person is called, wrote or declared. */
export type Facts = Attributes;

/** A span to make. */
export interface Traced {
  /** The package it is made in, such as `@probono/application`. */
  readonly by: string;
  readonly name: string;
  /**
   * Where it belongs: in the trace of this correlation id; `own`, a trace of its own; or, left out, under the span that
   * is active.
   */
  readonly trace?: { readonly correlationId: string } | 'own';
  /** Correlation ids of what it deals with beside that; so many at most are linked to. */
  readonly links?: Iterable<string>;
  readonly facts?: Facts;
}

/** A span under way. */
export interface TracedSpan {
  /** Adds what is known by now. */
  say(facts: Facts): void;
  /** False where nobody listens: what is only said to spans need not be worked out. */
  readonly heard: boolean;
  /** Makes, in the trace of each of these correlation ids, a span of the same length that links to this one. */
  tell(name: string, correlationIds: Iterable<string>, facts?: Facts): void;
}

const mostLinks = 32;

/**
 * Runs `work` in a span, which ends with it; a throw marks it as failed by the error's name alone, for a message may
 * quote what it failed on. Without an SDK of the process that is nothing but the call.
 *
 * @example
 * await traced({ by: '@probono/clerk', name: 'task', facts: { 'probono.task': kind } }, () => carryOut(task));
 */
export const traced = <T>(
  { by, name, trace: where, links = [], facts = {} }: Traced,
  work: (span: TracedSpan) => Promise<T>,
): Promise<T> => {
  const tracer = trace.getTracer(by);
  const active = context.active();
  const parent = where === undefined ? active : where === 'own' ? ROOT_CONTEXT : contextOf(where.correlationId);
  const caller = where === undefined ? undefined : trace.getSpanContext(active);
  const linked: Link[] = caller === undefined ? [] : [{ context: caller }];
  for (const correlationId of firstOf(links)) linked.push(linkTo(correlationId));
  const begun: TimeInput = Date.now();
  return tracer.startActiveSpan(name, { attributes: facts, links: linked }, parent, async (span) => {
    try {
      return await work({
        heard: span.isRecording(),
        say: (more) => void span.setAttributes(more),
        tell(told, correlationIds, more = {}) {
          if (!span.isRecording()) return;
          for (const correlationId of firstOf(correlationIds)) {
            const options = { startTime: begun, attributes: more, links: [{ context: span.spanContext() }] };
            tracer.startSpan(told, options, contextOf(correlationId)).end();
          }
        },
      });
    } catch (error) {
      failed(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
};

const failed = (span: Span, error: unknown): void => {
  const message = error instanceof Error ? error.name : 'something other than an Error was thrown';
  span.setStatus({ code: SpanStatusCode.ERROR, message });
};

const firstOf = (ids: Iterable<string>): readonly string[] => [...new Set(ids)].slice(0, mostLinks);
