/** The port to the workflows: starts them, reads them and changes them. */

import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { z } from 'zod';
import { type Conditional, withdrawUpdate } from '../contract/commands.ts';
import { alreadyConcluded } from '../contract/errors.ts';
import { isTerminal, type StatusDocument, statusDocumentSchema } from '../contract/http/status.ts';
import { initialState } from '../contract/initial-state.ts';
import type { MessageId } from '../contract/mail/message-id.ts';
import { publicStatus } from '../contract/public-status.ts';
import { publicStatusQuery } from '../contract/queries.ts';
import { awaited } from '../contract/record.ts';
import { stageAttribute, trackAttribute } from '../contract/search-attributes.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { SubmissionInput, SubmissionMemo } from '../contract/submission-input.ts';
import { taskQueue, workflowIdOf, workflowType } from '../contract/workflow-ids.ts';
import {
  createBounded,
  isThrownAway,
  refusalOf,
  TemporalUnavailableError,
  undefinedIfNotFound,
} from './bounded-calls.ts';
import { statusOfExecution } from './execution-status.ts';
import { forgetSubmission } from './forget-submission.ts';
import { atMost, firstAnswer, type Reading, type StatusSource } from './status-source.ts';

export type Existing = { fingerprint: string; status: StatusDocument };

export type Started =
  | { kind: 'started'; status: StatusDocument }
  | ({ kind: 'exists' } & Existing)
  | { kind: 'erased' };

/** `concluded`: it had come to another end before. `changed`: it is another one than it was to be. */
export type Withdrawn =
  | { kind: 'withdrawn' | 'concluded'; status: StatusDocument }
  | { kind: 'changed' }
  | { kind: 'unknown' }
  | { kind: 'erased' };

export type Submissions = {
  start(input: SubmissionInput): Promise<Started>;
  find(id: SubmissionId): Promise<Existing | 'erased' | undefined>;
  withdraw(id: SubmissionId, condition?: Conditional): Promise<Withdrawn>;
  forget(id: SubmissionId, messages: readonly MessageId[]): Promise<void>;
  /** Whether it is kept, or was: for less than a reading. `false` where nobody can say. */
  isOnRecord(id: SubmissionId): Promise<boolean>;
  source: StatusSource;
};

// In milliseconds: of the start or the withdrawal alone, and with the look at what is there already. An answer has to leave within 2 s
// (contract H13).
const startPatience = 1_200;
const submitPatience = 1_450;

/** In milliseconds. About as much of the patience of the reader is left for the description. */
const queryPatience = 800;

/**
 * Queries run on the workers, and compete there with the work itself. However many submissions are polled, a gateway has
 * no more of them under way; the others are read from the memo, which holds the same document.
 */
const concurrentQueries = 2;

type SubmissionWorkflow = (input: SubmissionInput) => Promise<unknown>;

export function createSubmissions(client: Client): Submissions {
  const bounded = createBounded(client);

  /** Starts the workflow, once for each id. @throws TemporalUnavailableError */
  async function start(input: SubmissionInput): Promise<Started> {
    const giveUpAt = performance.now() + submitPatience;
    try {
      await bounded(startPatience, () => client.workflow.start<SubmissionWorkflow>(workflowType, startOptions(input)));
      return { kind: 'started', status: publicStatus(initialState(input)) };
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      const existing = await find(input.id, giveUpAt - performance.now());
      if (existing === undefined) throw new TemporalUnavailableError('a workflow vanished', { cause: error });
      return { kind: 'exists', ...existing };
    }
  }

  /** The submission as Temporal itself describes it; no worker is needed. @throws TemporalUnavailableError */
  async function find(id: SubmissionId, patience = submitPatience): Promise<Existing | undefined> {
    const handle = client.workflow.getHandle(workflowIdOf(id));
    const description = await bounded(patience, () => handle.describe()).catch(undefinedIfNotFound);
    if (!description) return undefined;
    const { publicStatus: last, fingerprint } = memoSchema.parse(description.memo);
    return { fingerprint, status: statusOfExecution(description.status.name, last, description.closeTime) };
  }

  /** Withdraws the submission; again, if need be, with the same result. @throws TemporalUnavailableError */
  async function withdraw(id: SubmissionId, condition: Conditional = {}): Promise<Withdrawn> {
    const began = performance.now();
    const leftOf = (patience: number) => patience - (performance.now() - began);
    // One update for each submission: a repetition of what was lost on the way finds the first one's result.
    const { onlyIf } = condition;
    const updateId = onlyIf === undefined ? withdrawUpdate.name : `${withdrawUpdate.name}-${onlyIf}`;
    const options = { updateId, args: [condition] satisfies [Conditional] };
    const handle = client.workflow.getHandle(workflowIdOf(id));
    const ask = () => bounded(leftOf(startPatience), () => handle.executeUpdate(withdrawUpdate, options));
    try {
      const answer = await ask().catch((error: unknown) => (isThrownAway(error) ? ask() : Promise.reject(error)));
      return { kind: 'withdrawn', status: statusDocumentSchema.parse(answer) };
    } catch (error) {
      if (refusalOf(error)?.type === 'precondition-failed') return { kind: 'changed' };
      if (!isOver(error)) throw error;
      const status = (await find(id, leftOf(submitPatience)))?.status;
      if (status === undefined) return { kind: 'unknown' };
      if (!isTerminal(status)) throw new TemporalUnavailableError('ended, but not yet described so', { cause: error });
      return { kind: status.status === 'Canceled' ? 'withdrawn' : 'concluded', status };
    }
  }

  const query: StatusSource = {
    name: 'query',
    patience: queryPatience,
    read: async (id, patience) => {
      const handle = client.workflow.getHandle(workflowIdOf(id));
      const answer = await bounded(patience, () => handle.query(publicStatusQuery)).catch(undefinedIfNotFound);
      return asReading(answer && statusDocumentSchema.parse(answer));
    },
  };

  const description: StatusSource = {
    name: 'description',
    read: async (id, patience) => asReading((await find(id, patience))?.status),
  };

  const source = firstAnswer('Temporal', [atMost(concurrentQueries, query), description]);

  /**
   * Makes Temporal forget it and its messages, whatever they do.
   *
   * @throws when that is not done in time: another call goes on with it
   */
  async function forget(id: SubmissionId, messages: readonly MessageId[]): Promise<void> {
    const signal = AbortSignal.timeout(submitPatience);
    await bounded(submitPatience, () => forgetSubmission(client, id, messages, signal));
  }

  return { start, find, withdraw, forget, isOnRecord: async () => false, source };
}

/** What a submission's workflow is started with: its first public snapshot is there before any worker is. */
export function startOptions(input: SubmissionInput) {
  const state = initialState(input);
  return {
    args: [input] satisfies [SubmissionInput],
    taskQueue,
    workflowId: workflowIdOf(input.id),
    workflowIdReusePolicy: 'REJECT_DUPLICATE' as const,
    memo: { publicStatus: publicStatus(state), fingerprint: input.fingerprint } satisfies SubmissionMemo,
    typedSearchAttributes: [
      { key: stageAttribute, value: awaited(state) },
      { key: trackAttribute, value: input.submission.track },
    ],
    staticSummary: `A ${input.submission.format} for the track ${input.submission.track}`,
  };
}

function asReading(status: StatusDocument | undefined): Reading {
  return status ? { kind: 'found', status } : { kind: 'unknown' };
}

/** The workflow is closed, or about to be: there is nothing left to update. */
function isOver(error: unknown): boolean {
  if (error instanceof WorkflowNotFoundError) return true;
  return refusalOf(error)?.type === alreadyConcluded;
}

const memoSchema = z.object({ publicStatus: statusDocumentSchema, fingerprint: z.string() });
