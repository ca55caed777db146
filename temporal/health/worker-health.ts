import type { Worker } from '@temporalio/worker';
import { type Condition, down, up } from '../../process/health/condition.ts';
import type { Health } from '../../process/health/health-routes.ts';
import { inTime } from '../../process/health/in-time.ts';
import { keptLook } from '../../process/health/kept-look.ts';

type Options = {
  workers: readonly { getState: () => ReturnType<Worker['getState']> }[];
  temporal: () => Promise<Condition>;
  database: () => Promise<Condition>;
};

/**
 * Of a worker process, by the state of its workers: the process may live on when one has failed.
 *
 * Ready without the database: the stages go on, and what they can't record waits.
 */
export function workerHealth({ workers, ...looks }: Options): Health {
  const areAll = (...states: readonly string[]) => workers.every((worker) => states.includes(worker.getState()));

  return {
    isLive: () => workers.every((worker) => worker.getState() !== 'FAILED'),
    readiness: keptLook(async () => {
      const [temporal, database] = await Promise.all([inTime(looks.temporal), inTime(looks.database)]);
      const worker = areAll('RUNNING') ? up : down('not running');
      return { isReady: worker.up && temporal.up, parts: { temporal, worker, database } };
    }),
  };
}
