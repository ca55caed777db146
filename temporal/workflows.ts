/** The activities' port to the workflows. */
import type { Client } from '@temporalio/client';
import type { SubmissionId } from '../contract/submission-id.ts';
import { resyncSignal, settleLetterUpdate, undeliveredSignal } from '../contract/workflow/commands.ts';
import type { DeliveryAbout } from '../contract/workflow/deliveries.ts';
import { recordQuery } from '../contract/workflow/queries.ts';
import { workflowIdOf } from '../contract/workflow/workflow-ids.ts';
import { deadlineIn } from '../process/deadline.ts';
import { boundedClient, undefinedIfNotFound } from './bounded-calls.ts';
import { giveCommand } from './give-command.ts';
import { type OnRecord, recordAtStart, recordOfWorkflow } from './record-of-workflow.ts';
import { forgetSubmission } from './submissions/forget-submission.ts';
import { announceSubmission, closeSubmission, type OperationCommand } from './workflows/apply-operation.ts';
import { awaitedBy } from './workflows/awaited-by.ts';
import { type Listed, listRuns, listSubmissions } from './workflows/list-submissions.ts';
import { readAct, type Trace, tracesOf } from './workflows/operator-acts.ts';
import { promoteSubmission } from './workflows/promote-submission.ts';
import { isDelivering, wakeDelivery } from './workflows/wake-delivery.ts';

export type Workflows = ReturnType<typeof createWorkflows>;

/** Milliseconds for the query of one workflow, so that one that is stuck doesn't hold up the others. */
const answerTime = 5_000;

export function createWorkflows(client: Client) {
  const { bounded } = boundedClient(client);

  return {
    list: (listed: Listed, pageSize: number) => listSubmissions(client, listed, pageSize),
    listRuns: (listed: Listed, pageSize: number) => listRuns(client, listed, pageSize),
    tracesOf: (id: SubmissionId, run: string) => tracesOf(client, id, run),
    actOf: (id: SubmissionId, trace: Trace) => readAct(client, id, trace),
    awaitedBy: (id: SubmissionId) => awaitedBy(client, id),
    /** @throws TemporalUnavailableError if no worker answers, or its task fails */
    recordOf: (id: SubmissionId, recorded?: OnRecord) =>
      bounded(deadlineIn(answerTime), () => recordOfWorkflow(client, id, recorded)),
    /** As it was received; `undefined` without a workflow. */
    startOf: (id: SubmissionId) => recordAtStart(client, id).catch(undefinedIfNotFound),
    recordableOf: (id: SubmissionId) => client.workflow.getHandle(workflowIdOf(id)).query(recordQuery),
    resync: (id: SubmissionId) => client.workflow.getHandle(workflowIdOf(id)).signal(resyncSignal),
    /** A letter to its speaker did not arrive. */
    hold: (id: SubmissionId, letter: string) =>
      client.workflow.getHandle(workflowIdOf(id)).signal(undeliveredSignal, letter).catch(undefinedIfNotFound),
    /** Asks its speaker anew, with the whole time. @returns whether it runs */
    resendLetter: async (id: SubmissionId, letter: string): Promise<boolean> => {
      const asked = await bounded(deadlineIn(answerTime), () =>
        giveCommand(client.workflow.getHandle(workflowIdOf(id)), settleLetterUpdate, {
          args: [{ letter, as: 'resend' }],
        }).catch(undefinedIfNotFound),
      );
      return asked !== undefined;
    },
    announce: (id: SubmissionId, command: OperationCommand) => announceSubmission(client, id, command),
    close: (id: SubmissionId, command: OperationCommand) => closeSubmission(client, id, command),
    promote: (id: SubmissionId, freedBy: SubmissionId) => promoteSubmission(client, id, freedBy),
    forget: (id: SubmissionId, signal: AbortSignal) => forgetSubmission(client, id, signal),
    wakeDelivery: (about: DeliveryAbout) => wakeDelivery(client, about),
    isDelivering: (about: DeliveryAbout) => isDelivering(client, about),
  };
}
