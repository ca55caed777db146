import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { stageAttribute } from '../../contract/workflow/search-attributes.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import { executionOf } from '../executions.ts';

export type Awaited = { awaits: string; run: string };

/** What is awaited, and by which run; `over` after the end, `undefined` without a workflow. Needs no worker. */
export async function awaitedBy(client: Client, id: SubmissionId): Promise<Awaited | undefined> {
  try {
    const { runId, status, typedSearchAttributes } = await executionOf(client, workflowIdOf(id));
    const awaits = status.name === 'RUNNING' ? (typedSearchAttributes.get(stageAttribute) ?? '') : 'over';
    return { awaits, run: runId };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
