import type { Logger } from 'pino';
import type { Tracing } from './tracing.ts';

/** Without an endpoint, OpenTelemetry costs nothing: it isn't even loaded. @param service as traces name this process */
export async function loadTracing(
  endpoint: string | undefined,
  service: string,
  log: Pick<Logger, 'warn'>,
): Promise<Tracing | undefined> {
  if (endpoint === undefined) return undefined;
  const { createTracing } = await import('./open-telemetry.ts');
  return createTracing(service, log);
}
