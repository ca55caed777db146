/** A gateway that is killed after it has started a workflow, and before it has answered. */
import { createApp } from '../../api/app.ts';
import { createHttpServer } from '../../api/http/http-server.ts';
import { withRecords } from '../../api/status/recorded-submissions.ts';
import { readGatewayConfig } from '../../process/settings/gateway-config.ts';
import { environment } from '../../process/settings/read-settings.ts';
import { openStore } from '../../store/store.ts';
import { createCommands } from '../../temporal/commands.ts';
import { connect } from '../../temporal/connect.ts';
import { createOperations } from '../../temporal/operations.ts';
import { createSubmissions } from '../../temporal/submissions.ts';
import { aCall, access } from './fixtures.ts';

const config = readGatewayConfig(environment());
const client = connect(config.temporal);
const store = openStore(config.database, () => undefined);
const submissions = withRecords(createSubmissions(client), store.records, { error: () => undefined });
const app = createApp({
  ...config,
  call: aCall(),
  access,
  committee: [],
  commands: createCommands(client),
  operations: createOperations(client),
  store,
  submissions: {
    ...submissions,
    start: async (...args) => {
      await submissions.start(...args);
      process.kill(process.pid, 'SIGKILL');
      return new Promise<never>(() => undefined);
    },
  },
  log: { error: () => undefined },
});
await createHttpServer(app, config.publicUrl, { error: () => undefined }).listen(config.port, config.host);
process.send?.('ready');
