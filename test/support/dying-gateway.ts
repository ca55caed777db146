/** A gateway that is killed after it has started a workflow, and before it has answered. */
import { createApp } from '../../api/app.ts';
import { createHttpServer } from '../../api/http-server.ts';
import { createOperations } from '../../api/operations.ts';
import { createPeople } from '../../api/people.ts';
import { createSubmissions } from '../../api/submissions.ts';
import { connect } from '../../api/temporal.ts';
import { environment, readGatewayConfig } from '../../config.ts';
import { openStore } from '../../store/store.ts';
import { aCall, access } from './fixtures.ts';

const config = readGatewayConfig(environment());
const client = connect(config.temporal);
const submissions = createSubmissions(client);
const app = createApp({
  ...config,
  call: aCall(),
  access,
  committee: [],
  people: createPeople(client),
  operations: createOperations(client),
  store: openStore(config.database, () => undefined),
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
