/** A gateway with a fault that is easily made: it looks an address up, and asks the workers only about those it knows. */
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
const log = { error: () => undefined };
const app = createApp({
  ...config,
  ...{ call: aCall(), access, committee: [], log },
  commands: createCommands(client),
  operations: createOperations(client),
  submissions: withRecords(createSubmissions(client), store.records, log),
  store: {
    ...store,
    accessRequests: {
      ...store.accessRequests,
      write: async (request) => {
        const talks = await store.talks.heldBy(request.holder, 1);
        if (talks.length > 0) await store.accessRequests.write(request);
      },
    },
  },
});
await createHttpServer(app, config.publicUrl, log).listen(config.port, config.host);
process.send?.('ready');
