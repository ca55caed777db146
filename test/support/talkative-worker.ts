/** A worker whose log has all that the core says, and the SDK at its level `DEBUG`: at `TRACE` it would print what it decrypts. */
import { DefaultLogger, Runtime } from '@temporalio/worker';

const install = Runtime.install.bind(Runtime);

Runtime.install = ({ logger, ...options } = {}) =>
  install({
    ...options,
    logger: new DefaultLogger('DEBUG', ({ level, message, meta }) => logger?.log('ERROR', `${level} ${message}`, meta)),
    telemetryOptions: {
      ...options.telemetryOptions,
      logging: { forward: {}, filter: { core: 'TRACE', other: 'TRACE' } },
    },
  });

await import('../../worker.ts');
