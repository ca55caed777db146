/** Sends spans by OTLP over HTTP. Its settings are OpenTelemetry's own, which its libraries read from the environment. */
import { setTimeout as delay } from 'node:timers/promises';
import { type Context, DiagLogLevel, diag, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Logger } from 'pino';
import type { Tracing } from './tracing.ts';

/** Milliseconds that a stopping process gives a collector to take the last spans. */
const closingTime = 1_000;

/** Milliseconds for which one line says that spans are lost. */
const complaintInterval = 60_000;

const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  consumer: SpanKind.CONSUMER,
} as const;

export function createTracing(service: string, log: Pick<Logger, 'warn'>): Tracing {
  diag.setLogger(complaints(log), DiagLogLevel.ERROR);
  // What the operator says of it counts more.
  const resource = resourceFromAttributes({ 'service.name': service }).merge(
    detectResources({ detectors: [envDetector] }),
  );
  const provider = new BasicTracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  const tracer = provider.getTracer('call-for-speakers');

  return {
    begin(name, { kind, attributes, parent, since }) {
      const options = { kind: kinds[kind], ...(since !== undefined && { startTime: since }) };
      const span = tracer.startSpan(name, options, contextOf(parent));
      if (!span.isRecording()) return undefined;
      span.setAttributes(attributes ?? {});
      const { traceId, spanId } = span.spanContext();
      return {
        traceparent: `00-${traceId}-${spanId}-01`,
        end(more = {}, error) {
          span.setAttributes(more);
          // Its message may have what people wrote.
          if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR }).setAttributes(typeOf(error));
          span.end();
        },
      };
    },

    /** What a collector doesn't take in time is lost. */
    close: () => Promise.race([provider.shutdown().catch(() => undefined), delay(closingTime)]),
  };
}

/** Only what is sampled has a `traceparent`. */
function contextOf(traceparent: string | undefined): Context {
  const [, traceId, spanId] = /^00-([\da-f]{32})-([\da-f]{16})-01$/.exec(traceparent ?? '') ?? [];
  if (traceId === undefined || spanId === undefined) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: 1, isRemote: true });
}

function typeOf(error: unknown): Record<string, string> {
  return { 'error.type': error instanceof Error ? error.name : 'unknown' };
}

/** A collector that is away is noticed once in a while, and no more: what it answers isn't repeated. */
function complaints(log: Pick<Logger, 'warn'>) {
  let quietUntil = 0;
  const error = () => {
    if (performance.now() < quietUntil) return;
    quietUntil = performance.now() + complaintInterval;
    log.warn('traces could not be sent: see OTEL_EXPORTER_OTLP_ENDPOINT');
  };
  const nothing = () => undefined;
  return { error, warn: nothing, info: nothing, debug: nothing, verbose: nothing };
}
