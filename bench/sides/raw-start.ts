import type { Client } from '@temporalio/client';
import { loadCall } from '../../api/call-file.ts';
import { createIds } from '../../api/ids.ts';
import { rulesOf } from '../../contract/call/call.ts';
import { submissionSchemaFor } from '../../contract/submission.ts';
import { inputVersion } from '../../contract/workflow/submission-input.ts';
import { workflowType } from '../../contract/workflow/workflow-ids.ts';
import { startOptions } from '../../temporal/submissions/start-submission.ts';

/** The baseline of a submit: starts the same workflow with the same payloads by the Temporal client alone. */
export async function rawStarter(client: Client, talk: string, callFile: string) {
  const call = await loadCall(callFile);
  const submission = submissionSchemaFor(call).parse(JSON.parse(talk));
  const { random } = createIds('only-for-the-bench');
  return () => {
    const input = {
      version: inputVersion,
      id: random(),
      createdAt: new Date().toISOString(),
      submission,
      fingerprint: 'of-no-request',
      rules: rulesOf(call),
    };
    return client.workflow.start(workflowType, startOptions(input));
  };
}
