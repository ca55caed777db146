import { randomUUID } from 'node:crypto';
import { activityInfo } from '@temporalio/activity';

/** Names the attempt of an activity. A local activity that is repeated with its task counts its attempts anew. */
export function claimer() {
  const { workflowExecution, activityId, isLocal, attempt } = activityInfo();
  return `${workflowExecution?.workflowId}:${workflowExecution?.runId}:${activityId}#${isLocal ? randomUUID() : attempt}`;
}
