import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { awaitsAttribute } from '../../contract/workflow/search-attributes.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';

export type Awaited = { awaits: string; run: string };

/** What is awaited, and by which run; `over` after the end, `undefined` without a workflow. Needs no worker. */
export async function awaitedBy(client: Client, id: SubmissionId): Promise<Awaited | undefined> {
  try {
    const { runId, status, typedSearchAttributes } = await client.workflow.getHandle(workflowIdOf(id)).describe();
    const awaits = status.name === 'RUNNING' ? (typedSearchAttributes.get(awaitsAttribute) ?? '') : 'over';
    return { awaits, run: runId };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
