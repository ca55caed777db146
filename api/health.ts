/** What balancers and operators ask the gateway, on its own port. No part of the API: it is described in docs/operations.md. */
import type { Condition } from '../process/health/condition.ts';
import type { Health } from '../process/health/health-routes.ts';
import { inTime } from '../process/health/in-time.ts';
import { keptLook } from '../process/health/kept-look.ts';

type Look = () => Promise<Condition>;

type Options = { temporal: Look; worker: Look; database: Look; stopping: AbortSignal };

/**
 * Ready as long as something can be served: submits and polls without workers, and without the database; ended submissions
 * and access without Temporal. Not ready takes all gateways out of the balancer at once, since all see the same.
 */
export function gatewayHealth({ temporal, worker, database, stopping }: Options): Health {
  const look = keptLook(async () => {
    const [first, second, third] = await Promise.all([inTime(temporal), inTime(worker), inTime(database)]);
    return { temporal: first, worker: second, database: third };
  });

  return {
    isLive: () => true,
    readiness: async () => {
      const parts = await look();
      return { isReady: !stopping.aborted && (parts.temporal.up || parts.database.up), parts };
    },
  };
}
