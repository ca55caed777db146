/** The worker of the baseline, with the SDK's defaults. */
import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker } from '@temporalio/worker';
import { runProcess } from '../../process/run-process.ts';
import { environment } from '../../process/settings/read-settings.ts';
import { activities } from './raw-activities.ts';
import { rawQueue } from './raw-queue.ts';

await runProcess('raw-worker', async () => {
  const connection = await NativeConnection.connect({ address: environment().TEMPORAL_ADDRESS ?? '' });
  const workflowsPath = fileURLToPath(new URL('./raw-workflow.ts', import.meta.url));
  const worker = await Worker.create({ connection, taskQueue: rawQueue, workflowsPath, activities });
  const ended = worker.run();
  return {
    ended,
    stop: async () => {
      worker.shutdown();
      await ended;
      await connection.close();
    },
  };
});
