import type { WorkflowHandle } from '@temporalio/client';
import type { CallRules } from '../../contract/call/rules.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import { deadlineIn } from '../../process/deadline.ts';
import { createSubmissions } from '../../temporal/submissions.ts';
import { anId, anInput } from './fixtures.ts';
import type { Server } from './temporal.ts';

/** Starts submissions as a gateway does, each with an id of its own. */
export function starterOn(server: Server) {
  let seed = 0;
  return async (rules: CallRules): Promise<WorkflowHandle> => {
    seed += 1;
    const id = anId(seed);
    const input = anInput({ id, rules, createdAt: new Date().toISOString() });
    await createSubmissions(server.env.client).start(input, deadlineIn(10_000));
    server.started.add(workflowIdOf(id));
    return server.env.client.workflow.getHandle(workflowIdOf(id));
  };
}
