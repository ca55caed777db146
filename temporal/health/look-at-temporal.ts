import type { Client } from '@temporalio/client';
import type { Condition } from '../../process/health/condition.ts';
import { lookTime } from '../../process/health/in-time.ts';
import { conditionOf } from './condition-of.ts';

/** Whether Temporal answers, and has the namespace. */
export function lookAtTemporal({ connection, options: { namespace } }: Client): Promise<Condition> {
  const describe = () => connection.workflowService.describeNamespace({ namespace });
  return conditionOf(() => connection.withDeadline(Date.now() + lookTime, describe));
}
