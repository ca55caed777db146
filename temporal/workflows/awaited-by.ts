import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { awaitsAttribute } from '../../contract/workflow/search-attributes.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import { executionOf } from '../executions.ts';
import { type Trace, tracesIn } from './operator-acts.ts';

/** `traces`: of what operators did. */
export type Awaited = { awaits: string; run: string; traces: Trace[] };

/** What is awaited, and by which run; `over` after the end, `undefined` without a workflow. Needs no worker. */
export async function awaitedBy(client: Client, id: SubmissionId): Promise<Awaited | undefined> {
  try {
    const described = await executionOf(client, workflowIdOf(id));
    const { runId, status, typedSearchAttributes } = described;
    const awaits = status.name === 'RUNNING' ? (typedSearchAttributes.get(awaitsAttribute) ?? '') : 'over';
    return { awaits, run: runId, traces: tracesIn(described) };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
