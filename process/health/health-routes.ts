import type { OperationsAnswer, OperationsRoutes } from '../operations/operations-server.ts';
import type { Condition } from './condition.ts';

/** `isReady`: requests, or tasks, may come. The parts say why not, or what is missing although they may. */
export type Readiness = { isReady: boolean; parts: Readonly<Record<string, Condition>> };

export type Health = {
  /** Whether a restart of the process would help: nothing that it depends on counts. */
  isLive: () => boolean;
  readiness: () => Promise<Readiness>;
};

export const livePath = '/health/live';
export const readyPath = '/health/ready';

/** For the port for operators. */
export function healthRoutes({ isLive, readiness }: Health): OperationsRoutes {
  return {
    [livePath]: () => answer(isLive(), {}),
    [readyPath]: async () => {
      const { isReady, parts } = await readiness();
      return answer(isReady, parts);
    },
  };
}

function answer(isWell: boolean, parts: object): OperationsAnswer {
  const body = JSON.stringify({ status: isWell ? 'up' : 'down', ...parts });
  return { status: isWell ? 200 : 503, type: 'application/json', body };
}
