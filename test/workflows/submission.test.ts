import { ApplicationFailure, type WorkflowHandle } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import * as activities from '../../activities/index.ts';
import { createSubmissions } from '../../api/submissions.ts';
import { rulesOf } from '../../contract/call.ts';
import { processingFailure } from '../../contract/errors.ts';
import { publicStatusQuery, type SubmissionInput, type SubmissionMemo, workflowIdOf } from '../../contract/messages.ts';
import { anId, anInput, aRequestToReject, aSlowCall, aSubmission } from '../support/fixtures.ts';
import { testThatHistoriesReplay, useTimeSkippingServer, withWorker } from '../support/temporal.ts';

const server = useTimeSkippingServer();

let seed = 0;

/** Starts the workflow as the gateway does, by the gateway's own port. */
async function start(change: Partial<SubmissionInput> = {}): Promise<WorkflowHandle> {
  seed += 1;
  const input = anInput({
    id: anId(seed),
    createdAt: new Date(await server.env.currentTimeMs()).toISOString(),
    ...change,
  });
  await createSubmissions(server.env.client).start(input, 'fingerprint');
  server.started.add(workflowIdOf(input.id));
  return server.env.client.workflow.getHandle(workflowIdOf(input.id));
}

const slow = () => rulesOf(aSlowCall('7d'));

async function memoOf(handle: WorkflowHandle) {
  return (await handle.describe()).memo as SubmissionMemo;
}

describe('a submission that no stage objects to', () => {
  test('is accepted, and says so in query, memo and search attributes alike', async () => {
    const [status, description, history] = await withWorker(server, async () => {
      const handle = await start();
      await handle.result();
      return [await handle.query(publicStatusQuery), await handle.describe(), await handle.fetchHistory()];
    });

    expect(status).toMatchObject({
      status: 'Succeeded',
      stage: 'selection',
      progress: { completed: 3, total: 3 },
      result: { outcome: 'accepted' },
    });
    expect((description.memo as SubmissionMemo).publicStatus).toEqual(status);
    expect(description.searchAttributes).toEqual({
      SubmissionStage: ['selection'],
      SubmissionOutcome: ['accepted'],
      SubmissionTrack: ['web'],
    });
    expect(history.events?.length).toBeLessThanOrEqual(36);
  });

  test('H2: goes through each stage in order, and never back', async () => {
    const seen = await withWorker(server, async () => {
      const handle = await start({ rules: slow() });
      const stages: string[] = [];
      for (let day = 0; day < 22; day += 1) {
        const { stage, status } = await handle.query(publicStatusQuery);
        if (stages.at(-1) !== `${stage} ${status}`) stages.push(`${stage} ${status}`);
        await server.env.sleep('1 day');
      }
      return stages;
    });

    expect(seen).toEqual(['moderation Running', 'shortlisting Running', 'selection Running', 'selection Succeeded']);
  });
});

describe('a submission that a stage rejects', () => {
  test('ends there, with its reason kept inside', async () => {
    const [result, status, memo, metadata] = await withWorker(server, async () => {
      const handle = await start({ submission: aSubmission({ title: 'What the fuck is this about' }) });
      const result = await handle.result();
      const details = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
      return [result, await handle.query(publicStatusQuery), await memoOf(handle), details];
    });

    expect(result).toEqual({ outcome: 'rejected' });
    expect(status).toMatchObject({
      status: 'Succeeded',
      stage: 'moderation',
      progress: { completed: 1, total: 3 },
      result: { outcome: 'rejected' },
    });
    expect(JSON.stringify([status, memo])).not.toMatch(/profanity|fuck/i);
    expect(metadata.currentDetails).toContain('- moderation: rejected (profanity)');
  });

  test('can still be rejected at the last stage, by its score', async () => {
    const status = await withWorker(server, async () => {
      const handle = await start({ submission: aSubmission(aRequestToReject()) });
      await handle.result();
      return handle.query(publicStatusQuery);
    });

    expect(status).toMatchObject({ stage: 'selection', progress: { completed: 3 }, result: { outcome: 'rejected' } });
  });
});

describe('an activity that fails', () => {
  test('is tried again, and the submission goes on', async () => {
    let attempts = 0;
    const flaky: typeof activities.moderate = async (...args) => {
      attempts += 1;
      if (attempts < 4) throw new Error('not now');
      return activities.moderate(...args);
    };

    const status = await withWorker(
      server,
      async () => {
        const handle = await start();
        await handle.result();
        return handle.query(publicStatusQuery);
      },
      { activities: { ...activities, moderate: flaky } },
    );

    expect(attempts).toBe(4);
    expect(status.result).toEqual({ outcome: 'accepted' });
  });

  test('for good ends the submission as Failed, without its cause on the outside', async () => {
    const broken = async () => {
      throw ApplicationFailure.nonRetryable('secret-cause');
    };

    const [failure, memo, description] = await withWorker(
      server,
      async () => {
        const handle = await start();
        const failure = await handle.result().catch((error: unknown) => error);
        return [failure, await memoOf(handle), await handle.describe()];
      },
      { activities: { ...activities, shortlist: broken } },
    );

    expect(failure).toMatchObject({
      cause: { type: processingFailure, cause: { cause: { message: 'secret-cause' } } },
    });
    expect(description.status.name).toBe('FAILED');
    expect(memo.publicStatus).toMatchObject({
      status: 'Failed',
      stage: 'shortlisting',
      error: { code: 'processing-failed' },
    });
    expect(JSON.stringify(memo)).not.toContain('secret-cause');
  });

  test('for all of its attempts ends the submission as Failed, and does not hang', async () => {
    let attempts = 0;
    const broken = async () => {
      attempts += 1;
      throw new Error('never');
    };

    const memo = await withWorker(
      server,
      async () => {
        const handle = await start();
        await handle.result().catch(() => undefined);
        return memoOf(handle);
      },
      { activities: { ...activities, select: broken } },
    );

    expect(attempts).toBe(11);
    expect(memo.publicStatus.status).toBe('Failed');
  });
});

describe('a submission whose workflow is cancelled', () => {
  test.each(['during a wait', 'at once'])('%s reads as Canceled, and its workflow as cancelled', async (when) => {
    const [memo, description] = await withWorker(server, async () => {
      const handle = await start({ rules: slow() });
      if (when === 'during a wait') await server.env.sleep('8 days');
      await handle.cancel();
      await handle.result().catch(() => undefined);
      return [await memoOf(handle), await handle.describe()];
    });

    expect(description.status.name).toBe('CANCELLED');
    expect(memo.publicStatus).toMatchObject({
      status: 'Canceled',
      stage: when === 'during a wait' ? 'shortlisting' : 'moderation',
    });
  });
});

testThatHistoriesReplay(server, 9);
