import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { stageAttribute } from '../../contract/workflow/search-attributes.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';

/** The stage that is awaited; `over` after the end, `undefined` without a workflow. */
export async function awaitedBy(client: Client, id: SubmissionId): Promise<string | undefined> {
  try {
    const { status, typedSearchAttributes } = await client.workflow.getHandle(workflowIdOf(id)).describe();
    return status.name === 'RUNNING' ? (typedSearchAttributes.get(stageAttribute) ?? '') : 'over';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
