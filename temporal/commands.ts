/** The port to the workflows for reviews, conflicts, decisions, deadlines and attendance. */
import { createHash, randomUUID } from 'node:crypto';
import { Client, QueryRejectedError, WorkflowNotFoundError } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import type { SubmissionRecord } from '../contract/record.ts';
import type { Review } from '../contract/state.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import {
  attendanceUpdate,
  type Conditional,
  cancelUpdate,
  conflictUpdate,
  correctAddressUpdate,
  coSpeakerUpdate,
  type DecideCommand,
  decideUpdate,
  editUpdate,
  endTokensUpdate,
  handOverUpdate,
  processingUpdate,
  proveUpdate,
  type ReviewCommand,
  remindersUpdate,
  rescheduleUpdate,
  reviewUpdate,
  settleLetterUpdate,
  undeliveredSignal,
  undoAddressUpdate,
} from '../contract/workflow/commands.ts';
import { alreadyConcluded, type CommandRefusal, commandRefusals } from '../contract/workflow/errors.ts';
import { recordQuery } from '../contract/workflow/queries.ts';
import type { Recordable } from '../contract/workflow/recordable.ts';
import { isSameDecision } from '../contract/workflow/same-decision.ts';
import { workflowIdOf } from '../contract/workflow/workflow-ids.ts';
import type { Deadline } from '../process/deadline.ts';
import { boundedClient, isCrowded, isThrownAway, refusalOf, undefinedIfNotFound } from './bounded-calls.ts';
import { giveCommand } from './give-command.ts';
import { furtherOf, type OnRecord, recordAtStart, recordOfWorkflow } from './record-of-workflow.ts';
import { type InputForOne, startForOne } from './submissions/start-for-one.ts';

/** `over`: its workflow has ended, or its outcome is announced. */
export type CommandResult<Value, Code extends CommandRefusal = CommandRefusal> =
  | { kind: 'done'; value: Value }
  | { kind: 'refused'; code: Code | 'erased'; details: Record<string, unknown> }
  | { kind: 'over' };

export type CommandOptions = {
  deadline: Deadline;
  /** Idempotency key: a command repeated with the same key is applied once. */
  key?: string | undefined;
};

export type Commands = ReturnType<typeof createCommands>;

const readShare = 0.4;

const shortPause = 30;

export function createCommands(client: Client) {
  const temporal = boundedClient(client);
  const { bounded } = temporal;

  async function command<Value, Argument extends Conditional, Code extends CommandRefusal>(
    id: SubmissionId,
    update: UpdateDefinition<Value, [Argument]>,
    codes: readonly Code[],
    argument: Argument,
    { deadline, key = randomUUID() }: CommandOptions,
  ): Promise<CommandResult<Value, Code>> {
    const handle = client.workflow.getHandle(workflowIdOf(id));
    // Preconditions don't make it another command.
    const { onlyIf: _, ...named } = argument;
    const updateId = createHash('sha256')
      .update(JSON.stringify([update.name, named, key]))
      .digest('base64url');
    for (;;) {
      try {
        const options: { args: [Argument]; updateId: string } = { args: [argument], updateId };
        return { kind: 'done', value: await bounded(deadline, () => giveCommand(handle, update, options)) };
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return { kind: 'over' };
        const refusal = refusalOf(error);
        if (refusal) return refused(codes, refusal.type, refusal.details?.[0], error);
        const isInTime = deadline.left() > shortPause;
        if (!isInTime || !(isThrownAway(error) || isCrowded(error))) throw error;
        await new Promise((resolve) => setTimeout(resolve, shortPause * (1 + Math.random())));
      }
    }
  }

  const commandOf =
    <Value, Argument extends Conditional, Code extends CommandRefusal>(
      update: UpdateDefinition<Value, [Argument]>,
      codes: readonly Code[],
    ) =>
    (id: SubmissionId, argument: Argument, options: CommandOptions) =>
      command(id, update, codes, argument, options);

  /** A workflow that was ended from outside rejects queries by this client. */
  const endedRecord = (id: SubmissionId, recorded: OnRecord | undefined) => (error: unknown) => {
    if (!(error instanceof QueryRejectedError)) throw error;
    const { connection, options } = client;
    const { namespace, dataConverter } = options;
    return recordOfWorkflow(new Client({ connection, namespace, dataConverter }), id, recorded);
  };

  /** As it is, or as it is on record, if that says more. @throws TemporalUnavailableError without a worker */
  function recordOf(
    id: SubmissionId,
    deadline: Deadline,
    recorded?: OnRecord,
  ): Promise<(SubmissionRecord & Pick<Recordable, 'editRules'>) | undefined> {
    return bounded(deadline.share(readShare), async () => {
      const last = await client.workflow
        .getHandle(workflowIdOf(id))
        .query(recordQuery)
        .catch(endedRecord(id, recorded));
      return furtherOf(last, recorded);
    }).catch(undefinedIfNotFound);
  }

  return {
    async review(id: SubmissionId, argument: ReviewCommand, options: CommandOptions) {
      const result = await command(id, reviewUpdate, commandRefusals.review, argument, options);
      if (result.kind !== 'done') return result;
      const { onlyIf: _, seesAll: __, ...given } = argument;
      return { kind: result.kind, value: { ...given, ...result.value } satisfies Review };
    },
    declareConflict: commandOf(conflictUpdate, commandRefusals.declareConflict),
    async decide(id: SubmissionId, argument: DecideCommand, options: CommandOptions) {
      const result = await command(id, decideUpdate, commandRefusals.decide, argument, options);
      if (result.kind !== 'over') return result;
      // The first response was lost, and the decision is announced by now: repeating it succeeds (contract H23, H34).
      const made = (await recordOf(id, options.deadline))?.state.verdicts.find((one) => isSameDecision(one, argument));
      return made ? { kind: 'done' as const, value: made } : result;
    },
    reschedule: commandOf(rescheduleUpdate, commandRefusals.reschedule),
    setProcessing: commandOf(processingUpdate, commandRefusals.setProcessing),
    answer: commandOf(attendanceUpdate, commandRefusals.answer),
    correctAddress: commandOf(correctAddressUpdate, commandRefusals.correctAddress),
    settleLetter: commandOf(settleLetterUpdate, []),
    /** A letter to its speaker did not arrive. */
    hold: (id: SubmissionId, letter: string, deadline: Deadline) =>
      bounded(deadline, () => client.workflow.getHandle(workflowIdOf(id)).signal(undeliveredSignal, letter)).catch(
        undefinedIfNotFound,
      ),
    cancel: commandOf(cancelUpdate, commandRefusals.cancel),

    edit: commandOf(editUpdate, commandRefusals.edit),
    prove: commandOf(proveUpdate, commandRefusals.prove),

    answerAsCoSpeaker: commandOf(coSpeakerUpdate, commandRefusals.answerAsCoSpeaker),
    handOver: commandOf(handOverUpdate, commandRefusals.handOver),
    undoAddress: commandOf(undoAddressUpdate, commandRefusals.undoAddress),
    endTokens: commandOf(endTokensUpdate, commandRefusals.endTokens),
    setReminders: commandOf(remindersUpdate, commandRefusals.setReminders),

    /** After a command said that it is over. @returns `false` if its workflow runs: the command reaches it */
    startForOne: (input: InputForOne, deadline: Deadline): Promise<boolean> => startForOne(temporal, input, deadline),

    recordOf,

    /** The record at the start; needs no worker. @throws TemporalUnavailableError */
    startOf: (id: SubmissionId, deadline: Deadline): Promise<SubmissionRecord | undefined> =>
      bounded(deadline.share(readShare), () => recordAtStart(client, id)).catch(undefinedIfNotFound),
  };
}

function refused<Code extends CommandRefusal>(
  codes: readonly Code[],
  type: string | undefined | null,
  details: unknown,
  error: unknown,
): CommandResult<never, Code> {
  if (type === alreadyConcluded) return { kind: 'over' };
  const code = codes.find((known) => known === type);
  if (code === undefined) throw error;
  return { kind: 'refused', code, details: typeof details === 'object' && details !== null ? { ...details } : {} };
}
