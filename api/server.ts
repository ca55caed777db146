/** The gateway's process: settings, call, Temporal, app, listen; and back again when it is told to stop. */
import { pino } from 'pino';
import { environment, readGatewayConfig } from '../config.ts';
import { runProcess } from '../run-process.ts';
import { loadAccess } from './access.ts';
import { createApp } from './app.ts';
import { loadCall } from './call-file.ts';
import { createHttpServer } from './http-server.ts';
import { createLimits, noLimits } from './limits.ts';
import { createSubmissions } from './submissions.ts';
import { connect } from './temporal.ts';

await runProcess('gateway', async (stopping) => {
  const config = readGatewayConfig(environment());
  const [call, access] = [await loadCall(config.callFile), await loadAccess(config.accessFile)];
  const log = pino({ name: 'gateway' });
  const client = connect(config.temporal);
  const limits = config.areRatesLimited ? createLimits() : noLimits;
  const app = createApp({ ...config, call, access, submissions: createSubmissions(client), limits, log, stopping });
  const server = createHttpServer(app.fetch, config.publicUrl, log);

  await server.listen(config.port, config.host);
  log.info({ url: config.publicUrl, call: call.name }, 'listening');

  return {
    stop: async () => {
      await server.close();
      await client.connection.close();
    },
  };
});
