/** The codec server: decrypts payloads for operators, in the Web UI and in Temporal's command line. */
import { createAdaptorServer } from '@hono/node-server';
import { createLog } from '../process/create-log.ts';
import { listen } from '../process/listen.ts';
import { runProcess } from '../process/run-process.ts';
import { readCodecServerConfig } from '../process/settings/codec-server-config.ts';
import { environment } from '../process/settings/read-settings.ts';
import { createDecoder } from './decoder.ts';
import { createOperators } from './operators.ts';

await runProcess('codec server', async () => {
  const config = readCodecServerConfig(environment());
  const { host, port, namespace, authority } = config;
  const log = createLog('codec-server');
  const operators = authority && createOperators({ ...authority, namespace });
  const { fetch } = createDecoder({ ...config, operators, log });
  const server = createAdaptorServer({ fetch });
  await listen(server, { host, port, setting: 'CODEC_PORT' });
  log.info({ host, port, namespace }, 'listening');

  return {
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
      }),
  };
});
