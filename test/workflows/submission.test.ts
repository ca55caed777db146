import { type WorkflowHandle, WorkflowNotFoundError } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import { rulesOf } from '../../contract/call/call.ts';
import type { EarlierInput } from '../../contract/lifecycle/upcast.ts';
import { workOf } from '../../contract/record.ts';
import { stages } from '../../contract/stages.ts';
import { closeUpdate, processingUpdate, withdrawUpdate } from '../../contract/workflow/commands.ts';
import { publicStatusQuery } from '../../contract/workflow/queries.ts';
import type { SubmissionInput, SubmissionMemo } from '../../contract/workflow/submission-input.ts';
import { workflowIdOf, workflowType } from '../../contract/workflow/workflow-ids.ts';
import { deadlineIn } from '../../process/deadline.ts';
import { giveCommand } from '../../temporal/give-command.ts';
import { startOptions } from '../../temporal/submissions/start-submission.ts';
import { createSubmissions } from '../../temporal/submissions.ts';
import {
  anId,
  anInput,
  aRequestToReject,
  aRequestToRejectAtOnce,
  aSlowCall,
  aSubmission,
} from '../support/fixtures.ts';
import { panelRules } from '../support/people.ts';
import { testThatHistoriesReplay, useTimeSkippingServer, withWorker } from '../support/temporal.ts';
import { decide, stateOf, usePeople } from '../support/use-people.ts';

const server = useTimeSkippingServer();
const { withPeople, sentAbout } = usePeople(server);

let seed = 0;

/** Starts the workflow as the gateway does, by the gateway's own port. */
async function start(change: Partial<SubmissionInput> = {}): Promise<WorkflowHandle> {
  seed += 1;
  const input = anInput({
    id: anId(seed),
    createdAt: new Date(await server.env.currentTimeMs()).toISOString(),
    ...change,
  });
  await createSubmissions(server.env.client).start(input, deadlineIn(10_000));
  server.started.add(workflowIdOf(input.id));
  return server.env.client.workflow.getHandle(workflowIdOf(input.id));
}

const slow = () => rulesOf(aSlowCall('7d'));

async function memoOf(handle: WorkflowHandle) {
  return (await handle.describe()).memo as SubmissionMemo;
}

describe('a submission that passes all stages', () => {
  test('is accepted, in query, memo and search attributes alike', async () => {
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
      SubmissionCall: ['Test Conf'],
      SubmissionAwaits: ['selection'],
      SubmissionStage: ['selection'],
      SubmissionOutcome: ['accepted'],
      SubmissionTrack: ['web'],
    });
    expect(history.events?.length).toBeLessThanOrEqual(20);
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
  test('ends there, without revealing the reason', async () => {
    const [result, status, memo, metadata] = await withWorker(server, async () => {
      const handle = await start({ submission: aSubmission(aRequestToRejectAtOnce()) });
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
    expect(JSON.stringify([status, memo])).not.toMatch(/length|words/i);
    expect(metadata.currentDetails).toContain('- moderation: rejected (length)');
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
    const flaky: typeof server.activities.moderate = async (...args) => {
      attempts += 1;
      if (attempts < 4) throw new Error('not now');
      return server.activities.moderate(...args);
    };

    const status = await withWorker(
      server,
      async () => {
        const handle = await start();
        await handle.result();
        return handle.query(publicStatusQuery);
      },
      { activities: { moderate: flaky } },
    );

    expect(attempts).toBe(4);
    expect(status.result).toEqual({ outcome: 'accepted' });
  });

  test('for good waits for an organiser, and reveals nothing of it', async () => {
    let attempts = 0;
    const broken = async () => {
      attempts += 1;
      throw new Error('secret-cause');
    };

    const [state, memo, sent] = await withPeople(
      async () => {
        const handle = await start();
        await server.env.sleep('1 hour');
        return [await stateOf(handle), await memoOf(handle), await sentAbout(handle)];
      },
      { activities: { shortlist: broken } },
    );

    // Those of the local activity, and those of the regular one.
    expect(attempts).toBe(3 + 11);
    expect(workOf(state)).toEqual({ kind: 'stuck' });
    expect(memo.publicStatus).toMatchObject({ status: 'Running', stage: 'shortlisting' });
    expect(sent).toEqual(['stuck']);
    expect(JSON.stringify([memo, state])).not.toContain('secret-cause');
  });
});

describe('a submission that the service gave up on', () => {
  /** Fails until it is repaired. */
  function aService() {
    const service = { isBroken: true };
    const shortlist: typeof server.activities.shortlist = async (...args) => {
      if (service.isBroken) throw new Error('out of order');
      return server.activities.shortlist(...args);
    };
    return { service, options: { activities: { shortlist } } };
  }

  const set = (handle: WorkflowHandle, processing: 'restart' | 'end') =>
    giveCommand(handle, processingUpdate, { args: [{ by: 'Olga', processing }] });

  test('goes on where it was, once an organiser restarts it after the repair', async () => {
    const { service, options } = aService();

    const [again, waits, result] = await withPeople(async () => {
      const handle = await start();
      await server.env.sleep('1 hour');
      await set(handle, 'restart');
      await server.env.sleep('1 hour');
      const again = await stateOf(handle);
      service.isBroken = false;
      const { searchAttributes } = await handle.describe();
      await set(handle, 'restart');
      return [again, searchAttributes.SubmissionAwaits, await handle.result()];
    }, options);

    expect(workOf(again)).toEqual({ kind: 'stuck' });
    expect(again.releases?.map(({ name, number }) => `${name} ${number}`)).toEqual(['stuck 1', 'stuck 2']);
    expect(waits).toEqual(['organisers']);
    expect(result).toEqual({ outcome: 'accepted' });
  });

  test('is Failed once an organiser ends it, and its speaker is told', async () => {
    const { options } = aService();

    const [memo, description, sent, failure] = await withPeople(async () => {
      const handle = await start();
      await server.env.sleep('1 hour');
      await set(handle, 'end');
      const failure = await handle.result().catch((error: unknown) => error);
      await server.env.sleep('1 hour');
      return [await memoOf(handle), await handle.describe(), await sentAbout(handle), failure];
    }, options);

    expect(description.status.name).toBe('FAILED');
    expect(memo.publicStatus).toMatchObject({ status: 'Failed', error: { code: 'processing-failed' } });
    expect(sent).toEqual(['failed', 'not-processed.email', 'stuck']);
    expect(failure).toMatchObject({ cause: { type: 'ProcessingFailed', cause: { message: 'Activity task failed' } } });
  });

  test('can be decided by an organiser, and goes on', async () => {
    const { options } = aService();

    const result = await withPeople(async () => {
      const handle = await start();
      await server.env.sleep('1 hour');
      await decide(handle, 'passed', { stage: 'shortlisting' });
      return handle.result();
    }, options);

    expect(result).toEqual({ outcome: 'accepted' });
  });
});

describe('a submission whose workflow is cancelled', () => {
  test.each(['during a wait', 'at once'])('%s H3: is Failed, and its workflow cancelled', async (when) => {
    const [memo, description] = await withWorker(server, async () => {
      const handle = await start({ rules: slow() });
      if (when === 'during a wait') await server.env.sleep('8 days');
      await handle.cancel();
      await handle.result().catch(() => undefined);
      return [await memoOf(handle), await handle.describe()];
    });

    expect(description.status.name).toBe('CANCELLED');
    expect(memo.publicStatus).toMatchObject({
      status: 'Failed',
      error: { code: 'processing-stopped' },
      stage: when === 'during a wait' ? 'shortlisting' : 'moderation',
    });
  });
});

describe('H22: a speaker who withdraws', () => {
  test.each(['moderation', 'shortlisting', 'selection'] as const)('in %s ends it there', async (stage) => {
    const [answer, memo, result] = await withWorker(server, async () => {
      const handle = await start({ rules: slow() });
      await server.env.sleep(86_400_000 * (1 + 7 * stages.indexOf(stage)));
      const answer = await giveCommand(handle, withdrawUpdate, { args: [{}] });
      return [answer, await memoOf(handle), await handle.result()];
    });

    expect(answer).toMatchObject({ status: 'Canceled', stage });
    expect(memo.publicStatus).toEqual(answer);
    expect(result).toEqual({ outcome: 'withdrawn' });
  });

  test('before a worker has started is answered by the first one', async () => {
    const handle = await start({ rules: slow() });
    const update = handle.executeUpdate(withdrawUpdate, { args: [{}] });

    const [answer, description] = await withWorker(server, async () => {
      const answer = await update;
      await handle.result();
      return [answer, await handle.describe()];
    });

    expect(answer.status).toBe('Canceled');
    expect(description.searchAttributes.SubmissionOutcome).toEqual(['withdrawn']);
  });

  test('can repeat it with the same answer; after an outcome it is refused', async () => {
    const [first, again, tooLate] = await withWorker(server, async () => {
      const other = await start();
      await other.result();
      const one = await start({ rules: slow() });
      const options = { updateId: 'withdraw' };
      return [
        await one.executeUpdate(withdrawUpdate, { ...options, args: [{}] }),
        await one.executeUpdate(withdrawUpdate, { ...options, args: [{}] }),
        await other.executeUpdate(withdrawUpdate, { ...options, args: [{}] }).catch((error: unknown) => error),
      ];
    });

    expect(again).toEqual(first);
    expect(tooLate).toBeInstanceOf(WorkflowNotFoundError);
  });
});

describe('H19: a call that withholds decisions', () => {
  /** Each stage takes 7 days; the announcement is on day 60. */
  const rulesAt = (now: number) =>
    rulesOf(
      aSlowCall('7d', {
        disclosure: 'until-announced',
        announcement: new Date(now + 60 * 86_400_000).toISOString(),
      }),
    );

  test('shows no progress before the announcement, and the outcome from then on', async () => {
    const [seen, final] = await withWorker(server, async () => {
      const now = await server.env.currentTimeMs();
      const seen: string[][] = [];
      const handles = await Promise.all(
        [aSubmission(), aSubmission(aRequestToReject()), aSubmission(aRequestToRejectAtOnce())].map((submission) =>
          start({ rules: rulesAt(now), submission }),
        ),
      );
      for (let day = 0; day < 56; day += 7) {
        await server.env.sleep('7 days');
        seen.push(
          await Promise.all(
            handles.map(async (handle) => {
              const { id: _, createdAt: __, lastUpdatedAt: ___, ...status } = await handle.query(publicStatusQuery);
              const { lastUpdatedAt } = (await memoOf(handle)).publicStatus;
              return JSON.stringify([status, Date.parse(lastUpdatedAt) - now < 86_400_000]);
            }),
          ),
        );
      }
      await server.env.sleep('7 days');
      return [seen, await Promise.all(handles.map((handle) => handle.query(publicStatusQuery)))];
    });

    const told = { status: 'Running', stage: 'under-review', progress: { completed: 0, total: 3 } };
    expect(new Set(seen.flat())).toEqual(new Set([JSON.stringify([told, true])]));
    expect(final.map(({ result }) => result?.outcome)).toEqual(['accepted', 'rejected', 'rejected']);
    // Nor does it reveal at which stage the decision was made.
    expect(new Set(final.map(({ stage, progress }) => JSON.stringify([stage, progress]))).size).toBe(1);
  });

  test('lets a speaker withdraw a decided submission like an undecided one', async () => {
    const [answer, result] = await withWorker(server, async () => {
      const handle = await start({ rules: rulesAt(await server.env.currentTimeMs()) });
      await server.env.sleep('40 days');
      return [await giveCommand(handle, withdrawUpdate, { args: [{}] }), await handle.result()];
    });

    expect(answer).toMatchObject({ status: 'Canceled', stage: 'under-review', progress: { completed: 0 } });
    expect(result).toEqual({ outcome: 'withdrawn' });
  });
});

describe('a submission of another version', () => {
  test('goes through the stages that it was started with, and counts those', async () => {
    const rules = slow();
    const stages = rules.stages.filter(({ stage }) => stage !== 'shortlisting');
    const [during, status] = await withWorker(server, async () => {
      const handle = await start({ rules: { ...rules, stages } });
      await server.env.sleep('8 days');
      const during = await handle.query(publicStatusQuery);
      await server.env.sleep('7 days');
      await handle.result();
      return [during, await handle.query(publicStatusQuery)];
    });

    expect(during).toMatchObject({ stage: 'selection', progress: { completed: 1, total: 2 } });
    expect(status).toMatchObject({ result: { outcome: 'accepted' }, progress: { completed: 2, total: 2 } });
  });

  test('whose call lacks later fields is read, closed and ended with their defaults', async () => {
    const { version: _, ...input } = anInput({
      id: anId(500),
      createdAt: new Date().toISOString(),
      rules: panelRules(),
    });
    const { timeZone: __, whenClosed: ___, ...rules } = input.rules;
    const [status, result] = await withWorker(server, async () => {
      const earlier: EarlierInput = { ...input, rules };
      const options = { ...startOptions(anInput({ id: input.id })), args: [earlier] };
      const handle = await server.env.client.workflow.start(workflowType, options);
      server.started.add(handle.workflowId);
      await server.env.sleep('1 hour');
      const status = await handle.query(publicStatusQuery);
      await giveCommand(handle, closeUpdate, { args: [{ by: 'Olga' }] });
      return [status, await handle.result()];
    });

    expect(status).toMatchObject({ status: 'Running', stage: 'selection' });
    expect(result).toEqual({ outcome: 'rejected' });
  });
});

testThatHistoriesReplay(server, 21);
