/** The port to the workflows for what people decide: reviews, decisions, deadlines, answers. */
import { createHash, randomUUID } from 'node:crypto';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import {
  type AnswerCommand,
  attendanceUpdate,
  type Conditional,
  type ConflictCommand,
  conflictUpdate,
  type DecideCommand,
  decideUpdate,
  type RescheduleCommand,
  type ReviewCommand,
  rescheduleUpdate,
  reviewUpdate,
} from '../contract/commands.ts';
import { alreadyConcluded, type CommandRefusal, commandRefusals } from '../contract/errors.ts';
import { recordQuery } from '../contract/queries.ts';
import type { SubmissionRecord } from '../contract/record.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import { workflowIdOf } from '../contract/workflow-ids.ts';
import { createBounded, isCrowded, isThrownAway, refusalOf, undefinedIfNotFound } from './bounded-calls.ts';
import { recordAtStart } from './record-of-workflow.ts';

/** `over`: its workflow has ended, or its outcome is announced. */
export type Commanded<Value, Code extends CommandRefusal = CommandRefusal> =
  | { kind: 'done'; value: Value }
  | { kind: 'refused'; code: Code | 'erased'; details: Record<string, unknown> }
  | { kind: 'over' };

export type People = ReturnType<typeof createPeople>;

/** Milliseconds for the look at a submission, and for the command after it: an answer has to leave within 2 s (H13). */
const lookPatience = 600;
const patience = 1_200;

/** Milliseconds before a command that had no place is given again. */
const shortPause = 30;

export function createPeople(client: Client) {
  const bounded = createBounded(client);

  /** @param key names the command: given again under the same, it has the same answer, and is done once. Another is another */
  async function command<Value, Argument extends Conditional, Code extends CommandRefusal>(
    id: SubmissionId,
    update: UpdateDefinition<Value, [Argument]>,
    codes: readonly Code[],
    argument: Argument,
    key: string = randomUUID(),
  ): Promise<Commanded<Value, Code>> {
    const handle = client.workflow.getHandle(workflowIdOf(id));
    // What it is made dependent on makes no other command of it.
    const { onlyIf: _, ...named } = argument;
    const updateId = createHash('sha256')
      .update(JSON.stringify([update.name, named, key]))
      .digest('base64url');
    const giveUpAt = performance.now() + patience;
    for (;;) {
      try {
        const left = giveUpAt - performance.now();
        const options = { args: [argument] satisfies [Argument], updateId };
        return { kind: 'done', value: await bounded(left, () => handle.executeUpdate(update, options)) };
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return { kind: 'over' };
        const refusal = refusalOf(error);
        if (refusal) return refused(codes, refusal.type, refusal.details?.[0], error);
        const isInTime = performance.now() + shortPause < giveUpAt;
        if (!isInTime || !(isThrownAway(error) || isCrowded(error))) throw error;
        await new Promise((resolve) => setTimeout(resolve, shortPause * (1 + Math.random())));
      }
    }
  }

  return {
    review: (id: SubmissionId, argument: ReviewCommand, key?: string) =>
      command(id, reviewUpdate, commandRefusals.review, argument, key),
    declareConflict: (id: SubmissionId, argument: ConflictCommand) =>
      command(id, conflictUpdate, commandRefusals.declareConflict, argument),
    decide: (id: SubmissionId, argument: DecideCommand, key?: string) =>
      command(id, decideUpdate, commandRefusals.decide, argument, key),
    reschedule: (id: SubmissionId, argument: RescheduleCommand, key?: string) =>
      command(id, rescheduleUpdate, commandRefusals.reschedule, argument, key),
    answer: (id: SubmissionId, argument: AnswerCommand) =>
      command(id, attendanceUpdate, commandRefusals.answer, argument),

    /** All that its workflow knows, as long as Temporal has it. @throws TemporalUnavailableError without a worker */
    recordOf: (id: SubmissionId): Promise<SubmissionRecord | undefined> =>
      bounded(lookPatience, () => client.workflow.getHandle(workflowIdOf(id)).query(recordQuery)).catch(
        undefinedIfNotFound,
      ),

    /** The record as it was at the start, as long as Temporal has it; no worker is needed. @throws TemporalUnavailableError */
    startOf: (id: SubmissionId): Promise<SubmissionRecord | undefined> =>
      bounded(lookPatience, () => recordAtStart(client, id)).catch(undefinedIfNotFound),
  };
}

function refused<Code extends CommandRefusal>(
  codes: readonly Code[],
  type: string | undefined | null,
  details: unknown,
  error: unknown,
): Commanded<never, Code> {
  if (type === alreadyConcluded) return { kind: 'over' };
  const code = codes.find((known) => known === type);
  if (code === undefined) throw error;
  return { kind: 'refused', code, details: typeof details === 'object' && details !== null ? { ...details } : {} };
}
