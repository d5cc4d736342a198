import { context, trace } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node';

/** The spans made in this process. */
export interface HeardSpans {
  /** Those that have ended, and forgets them. */
  taken(): readonly ReadableSpan[];
  stop(): Promise<void>;
}

/** Registers an SDK that keeps the spans of this process in memory. */
export const hearSpans = (): HeardSpans => {
  const exporter = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  provider.register();
  return {
    taken() {
      const spans = exporter.getFinishedSpans();
      exporter.reset();
      return spans;
    },
    async stop() {
      await provider.shutdown();
      trace.disable();
      context.disable();
    },
  };
};
