/** A worker that is killed in the middle of an activity, the first time that it runs one. */
import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { createActivities } from '../../activities/index.ts';
import { environment, readWorkerConfig } from '../../config.ts';
import { taskQueue } from '../../contract/messages.ts';
import { createPostOffice } from '../../messages/post-office.ts';
import { openStore } from '../../store/store.ts';

const { temporal, database, outbox } = readWorkerConfig(environment());
const connection = await NativeConnection.connect(temporal.connectionOptions);
const store = openStore(database, () => undefined);
await store.migrate();
const worker = await Worker.create({
  connection,
  taskQueue,
  workflowsPath: fileURLToPath(new URL('../../workflows/index.ts', import.meta.url)),
  activities: {
    ...createActivities({
      store,
      client: new Client({ connection }),
      postOffice: createPostOffice({ outbox, linkOf: String }),
    }),
    shortlist: async () => {
      process.kill(process.pid, 'SIGKILL');
    },
  },
});
process.send?.('ready');
await worker.run();
