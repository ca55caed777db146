import type { Client } from '@temporalio/client';
import type { Worker } from '@temporalio/worker';
import { type Condition, down, up } from '../../process/health/condition.ts';
import type { Health } from '../../process/health/health-routes.ts';
import { inTime } from '../../process/health/in-time.ts';
import { keptLook } from '../../process/health/kept-look.ts';
import { lookAtTemporal } from './look-at-temporal.ts';

type Options = {
  workers: readonly Pick<Worker, 'getState'>[];
  client: Client;
  database: () => Promise<Condition>;
};

/**
 * Of a worker process, by the state of its workers: the process may live on when one has failed.
 *
 * Ready without the database: the stages go on, and what they can't record waits.
 */
export function workerHealth({ workers, client, database }: Options): Health {
  const areAll = (...states: readonly string[]) => workers.every((worker) => states.includes(worker.getState()));

  return {
    isLive: () => workers.every((worker) => worker.getState() !== 'FAILED'),
    readiness: keptLook(async () => {
      const [temporal, records] = await Promise.all([inTime(() => lookAtTemporal(client)), inTime(database)]);
      const worker = areAll('RUNNING') ? up : down('not running');
      return { isReady: worker.up && temporal.up, parts: { temporal, worker, database: records } };
    }),
  };
}
