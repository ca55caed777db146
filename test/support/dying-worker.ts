/** A worker that is killed in the middle of an activity, the first time that it runs one. */
import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker } from '@temporalio/worker';
import * as activities from '../../activities/index.ts';
import { environment, readWorkerConfig } from '../../config.ts';
import { taskQueue } from '../../contract/messages.ts';

const { temporal } = readWorkerConfig(environment());
const worker = await Worker.create({
  connection: await NativeConnection.connect(temporal.connectionOptions),
  taskQueue,
  workflowsPath: fileURLToPath(new URL('../../workflows/index.ts', import.meta.url)),
  activities: {
    ...activities,
    shortlist: async () => {
      process.kill(process.pid, 'SIGKILL');
    },
  },
});
process.send?.('ready');
await worker.run();
