import type { Client } from '@temporalio/client';
import { dueAttribute } from '../../contract/workflow/search-attributes.ts';
import { workflowType } from '../../contract/workflow/workflow-ids.ts';
import { lookTime } from '../../process/health/in-time.ts';

/** Milliseconds: what is due is done by then, unless something is wrong. */
const grace = 300_000;

/**
 * How many submissions wait although the deadline of what they wait for has passed: for the organisers, or for workers that
 * don't do what is due. Temporal knows of both, whatever the database knows.
 */
export async function countOverdue({ connection, options: { namespace } }: Client): Promise<number> {
  const before = new Date(Date.now() - grace).toISOString();
  const query = `WorkflowType = '${workflowType}' AND ExecutionStatus = 'Running' AND ${dueAttribute.name} < '${before}'`;
  const { count } = await connection.withDeadline(Date.now() + lookTime, () =>
    connection.workflowService.countWorkflowExecutions({ namespace, query }),
  );
  return Number(count);
}
