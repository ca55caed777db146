import type { Client } from '@temporalio/client';
import type { Condition } from '../../process/health/condition.ts';
import { conditionOf } from './condition-of.ts';

/** Whether Temporal answers, and has the namespace. */
export function lookAtTemporal({ connection, options: { namespace } }: Client): Promise<Condition> {
  return conditionOf(() => connection.workflowService.describeNamespace({ namespace }));
}
