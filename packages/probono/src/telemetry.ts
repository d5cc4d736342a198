/** Sends what spans were made, and makes no more. */
export type StopTelemetry = () => Promise<void>;

const flushMs = 2_000;

/**
 * Registers an OpenTelemetry SDK for this process when `OTEL_EXPORTER_OTLP_ENDPOINT` names a collector: spans are sent
 * there by OTLP over HTTP. Otherwise nothing is loaded, and spans cost nothing. The SDK's own variables hold, such as
 * `OTEL_SERVICE_NAME` and `OTEL_EXPORTER_OTLP_HEADERS`; `OTEL_TRACES_SAMPLER_ARG` is the share of commands traced.
 */
export const startTelemetry = async (
  service: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<StopTelemetry> => {
  if (!environment.OTEL_EXPORTER_OTLP_ENDPOINT) return async () => {};
  const [sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const share = Number(environment.OTEL_TRACES_SAMPLER_ARG ?? 1);
  const sampled = new sdk.TraceIdRatioBasedSampler(share);
  const exporter = new OTLPTraceExporter({
    url: `${environment.OTEL_EXPORTER_OTLP_ENDPOINT.replace(/\/+$/, '')}/v1/traces`,
    timeoutMillis: flushMs,
  });
  const provider = new sdk.NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': environment.OTEL_SERVICE_NAME || service }),
    // All processes sample by the trace's id, so that a command is traced from end to end or not at all.
    sampler: new sdk.ParentBasedSampler({ root: sampled, remoteParentSampled: sampled }),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter, { exportTimeoutMillis: flushMs })],
  });
  provider.register();
  // A collector that is away must not keep a stopping process.
  return () => provider.shutdown().catch(() => undefined);
};
