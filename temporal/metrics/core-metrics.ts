/** The metrics of the SDK's core: of the workers, and of the worker's own calls to Temporal. */
import { createServer } from 'node:net';
import { Runtime, type RuntimeOptions } from '@temporalio/worker';
import type { Logger } from 'pino';
import { lookTime } from '../../process/health/in-time.ts';

const host = '127.0.0.1';

/** Somebody else may take a port before the core has it. */
const attempts = 3;

/**
 * The core serves its metrics on a port of its own, and can't say which one it was given: it gets a free one of loopback, that
 * only this process reads. Without a port the worker works all the same, and the log says so.
 */
export function createCoreMetrics(log: Pick<Logger, 'error'>) {
  let address: string | undefined;

  return {
    async install(options: RuntimeOptions): Promise<void> {
      for (let attempt = 1; attempt <= attempts; attempt += 1) {
        try {
          const bindAddress = `${host}:${await freePort()}`;
          const metrics = { prometheus: { bindAddress } };
          Runtime.install({ ...options, telemetryOptions: { ...options.telemetryOptions, metrics } });
          address = bindAddress;
          return;
        } catch (err) {
          log.error({ err }, "the SDK's metrics got no port");
        }
      }
      Runtime.install(options);
    },

    /** In Prometheus's text format; nothing if there is no answer. */
    async read(): Promise<string> {
      if (address === undefined) return '';
      try {
        const response = await fetch(`http://${address}/metrics`, { signal: AbortSignal.timeout(lookTime) });
        return response.ok ? await response.text() : '';
      } catch (err) {
        log.error({ err }, "the SDK's metrics could not be read");
        return '';
      }
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, host, () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject()));
    });
  });
}
