/** The codec server: decrypts payloads for operators, in the Web UI and in Temporal's command line. */
import { serve } from '@hono/node-server';
import { createLog } from '../process/create-log.ts';
import { runProcess } from '../process/run-process.ts';
import { readCodecServerConfig } from '../process/settings/codec-server-config.ts';
import { environment } from '../process/settings/read-settings.ts';
import { SetupError } from '../process/setup-error.ts';
import { createDecoder } from './decoder.ts';
import { createOperators } from './operators.ts';

await runProcess('codec server', async () => {
  const config = readCodecServerConfig(environment());
  const { host, port, namespace, authority } = config;
  const log = createLog('codec-server');
  const operators = authority && createOperators({ ...authority, namespace });
  const { fetch } = createDecoder({ ...config, operators, log });
  const server = serve({ fetch, port, hostname: host });
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'EADDRINUSE') return reject(cause);
      const fix = 'stop the program that listens there, or set CODEC_PORT to another port';
      reject(new SetupError(`Port ${port} is in use: ${fix}`, { cause }));
    });
  });
  log.info({ host, port, namespace }, 'listening');

  return {
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
      }),
  };
});
