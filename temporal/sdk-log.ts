import { DefaultLogger, type LogEntry, type RuntimeOptions } from '@temporalio/worker';
import type { Logger } from 'pino';

/**
 * What the SDK logs, its core in Rust too, as lines of the process's own log. Those about an activity or a workflow have its
 * id, run, type and attempt. A lower level is never for production: at `TRACE`, the SDK prints what it has decrypted.
 */
export function sdkLog(log: Logger) {
  const write = ({ level, message, meta }: LogEntry) =>
    log[level.toLowerCase() as Lowercase<typeof level>](meta ?? {}, message);
  return {
    logger: new DefaultLogger('INFO', write),
    logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } },
  } satisfies { logger: RuntimeOptions['logger']; logging: NonNullable<RuntimeOptions['telemetryOptions']>['logging'] };
}
