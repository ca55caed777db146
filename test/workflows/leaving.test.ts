import type { WorkflowHandle } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import { carriedOf } from '../../contract/lifecycle/carried.ts';
import type { SubmissionState } from '../../contract/state.ts';
import { attendanceUpdate, cancelUpdate } from '../../contract/workflow/commands.ts';
import { publicStatusQuery } from '../../contract/workflow/queries.ts';
import { inputVersion } from '../../contract/workflow/submission-input.ts';
import { submissionIdOf } from '../../contract/workflow/workflow-ids.ts';
import { deadlineIn } from '../../process/deadline.ts';
import { everything } from '../../store/sight.ts';
import { createCommands } from '../../temporal/commands.ts';
import { giveCommand } from '../../temporal/give-command.ts';
import { attendance, panelRules } from '../support/people.ts';
import { testThatHistoriesReplay, useTimeSkippingServer } from '../support/temporal.ts';
import { announce, answer, decide, overrule, refusalOf, stateOf, usePeople } from '../support/use-people.ts';

const server = useTimeSkippingServer();
const { withPeople, startPanel, sentAbout } = usePeople(server);

/** The last time to cancel is twenty days from now. */
async function rules() {
  const cancelUntil = new Date((await server.env.currentTimeMs()) + 20 * 86_400_000).toISOString();
  return panelRules({}, { attendance: { ...attendance, cancelUntil } });
}

async function startAccepted() {
  const handle = await startPanel(await rules());
  await decide(handle, 'passed', overrule);
  await announce(handle);
  await server.env.sleep('1 minute');
  return handle;
}

async function startWaitlisted() {
  const handle = await startPanel(await rules());
  await decide(handle, 'waitlisted', overrule);
  await announce(handle);
  await server.env.sleep('1 minute');
  return handle;
}

const leave = (handle: WorkflowHandle) => giveCommand(handle, attendanceUpdate, { args: [{ answer: 'canceled' }] });

const cancel = (handle: WorkflowHandle, by = 'Olga') =>
  giveCommand(handle, cancelUpdate, { args: [{ by, reason: 'She is ill.' }] });

const resultOf = async (handle: WorkflowHandle) => (await handle.query(publicStatusQuery)).result;

async function recordOf({ workflowId }: WorkflowHandle) {
  const id = submissionIdOf(workflowId);
  const [found, item] = id ? [await server.store.records.find(id), await server.store.list.find(id, everything)] : [];
  if (found?.kind !== 'found' || item === undefined) throw new Error(`nothing is on record of ${workflowId}`);
  return { ...item, fingerprint: found.fingerprint };
}

describe('a confirmed speaker who falls ill', () => {
  test('cancels: the outcome stays, the slot goes to the waiting list, and the organisers are told', async () => {
    const [canceled, promoted, { state }, sent] = await withPeople(async () => {
      const [handle, waiting] = [await startAccepted(), await startWaitlisted()];
      await answer(handle, 'confirmed');
      await server.env.sleep('5 days');
      const canceled = await leave(handle);
      await handle.result();
      await server.env.sleep('1 minute');
      return [canceled, await resultOf(waiting), await recordOf(handle), await sentAbout(handle)];
    });

    expect(canceled).toMatchObject({ status: 'Succeeded', result: { outcome: 'accepted', attendance: 'canceled' } });
    expect(promoted).toEqual({ outcome: 'accepted', attendance: 'awaited' });
    expect(state.course).toEqual({ at: 'accepted', stage: 'selection', attendance: { answer: 'canceled' } });
    expect(sent).toEqual(['accepted.email', 'canceled', 'confirmed']);
  });

  test('can cancel until the date of the call: then the workflow ends', async () => {
    const [early, status, result] = await withPeople(async () => {
      const handle = await startAccepted();
      await answer(handle, 'confirmed');
      await server.env.sleep('15 days');
      const early = (await handle.describe()).status.name;
      await server.env.sleep('90 days');
      const result = await handle.result();
      return [early, (await handle.describe()).status.name, result];
    });

    expect([early, status]).toEqual(['RUNNING', 'COMPLETED']);
    expect(result).toEqual({ outcome: 'accepted' });
  });

  test('is canceled by an organiser, who is told of by mail; another one changes nothing', async () => {
    const [canceled, again, promoted, sent, state] = await withPeople(async () => {
      const [handle, waiting] = [await startAccepted(), await startWaitlisted()];
      await answer(handle, 'confirmed');
      const [canceled, again] = await Promise.all([cancel(handle), cancel(handle, 'Otto')]);
      await handle.result();
      await server.env.sleep('1 minute');
      return [canceled, again, await resultOf(waiting), await sentAbout(handle), await stateOf(handle)];
    });

    expect(again).toEqual(canceled);
    expect(canceled.result).toEqual({ outcome: 'accepted', attendance: 'canceled' });
    expect(promoted).toEqual({ outcome: 'accepted', attendance: 'awaited' });
    expect(sent).toEqual(['accepted.email', 'canceled-by-organisers.email', 'canceled-for-speaker', 'confirmed']);
    expect(state.commands?.filter(({ command }) => command === 'cancel')).toEqual([
      {
        number: 4,
        at: canceled.lastUpdatedAt,
        by: expect.stringMatching(/^O/),
        command: 'cancel',
        reason: 'She is ill.',
      },
    ]);
  });

  test('before the answer is canceled by an organiser, and is asked for nothing any more', async () => {
    const [result, promoted, sent, refused] = await withPeople(async () => {
      const [handle, waiting] = [await startAccepted(), await startWaitlisted()];
      const refused = await refusalOf(leave(handle));
      await cancel(handle);
      await handle.result();
      await server.env.sleep('11 days');
      return [await resultOf(handle), await resultOf(waiting), await sentAbout(handle), refused];
    });

    expect(refused).toEqual({ type: 'not-confirmed' });
    expect(result).toEqual({ outcome: 'accepted', attendance: 'canceled' });
    expect(promoted).toMatchObject({ outcome: 'accepted' });
    expect(sent).toEqual(['accepted.email', 'canceled-by-organisers.email', 'canceled-for-speaker']);
  });

  test('H22: against a withdrawal, a decision and another answer, it stays confirmed', async () => {
    const refusals = await withPeople(async () => {
      const handle = await startAccepted();
      await answer(handle, 'confirmed');
      return Promise.all([
        refusalOf(handle.executeUpdate('withdraw', { args: [{}] })),
        refusalOf(decide(handle, 'rejected', overrule)),
        refusalOf(answer(handle, 'declined')),
      ]);
    });

    expect(refusals).toEqual([
      { type: 'AlreadyConcluded' },
      { type: 'AlreadyConcluded' },
      { type: 'attendance-answered', attendance: 'confirmed' },
    ]);
  });
});

describe('after the end of its workflow', () => {
  async function startConfirmed() {
    const handle = await startPanel(panelRules({}, { attendance }));
    await decide(handle, 'passed', overrule);
    await announce(handle);
    await server.env.sleep('1 minute');
    await answer(handle, 'confirmed');
    await handle.result();
    return handle;
  }

  /** As the gateway does. */
  async function startForOne(handle: WorkflowHandle, by: string, stale?: SubmissionState) {
    const { submission, fingerprint, state: recorded } = await recordOf(handle);
    const state = stale ?? recorded;
    const { id, createdAt, revision } = state;
    const at = new Date(await server.env.currentTimeMs()).toISOString();
    const carried = { state: carriedOf(state), known: revision };
    const own = { version: inputVersion, id, createdAt, submission, fingerprint, rules: panelRules(), carried };
    const command = { by, reason: 'She is ill.' };
    const input = { ...own, late: { name: 'cancel' as const, command, at } };
    return createCommands(server.env.client).startForOne(input, deadlineIn(10_000));
  }

  test('an organiser cancels in a run that does this and ends', async () => {
    const [isStarted, end, { state }, promoted, sent] = await withPeople(async () => {
      const [handle, waiting] = [await startConfirmed(), await startWaitlisted()];
      const isStarted = await startForOne(handle, 'Olga');
      const end = await handle.result();
      await server.env.sleep('1 minute');
      return [isStarted, end, await recordOf(handle), await resultOf(waiting), await sentAbout(handle)];
    });

    expect([isStarted, end]).toEqual([true, { outcome: 'accepted' }]);
    expect(state).toMatchObject({
      course: { at: 'accepted', attendance: { answer: 'canceled' } },
      lastCommand: 4,
    });
    expect(promoted).toEqual({ outcome: 'accepted', attendance: 'awaited' });
    expect(sent).toEqual(['accepted.email', 'canceled-by-organisers.email', 'canceled-for-speaker', 'confirmed']);
  });

  test('of two who read the same record, the second changes nothing, and learns what is on record', async () => {
    const [first, second, sent, status] = await withPeople(async () => {
      const handle = await startConfirmed();
      const { state: stale } = await recordOf(handle);
      await startForOne(handle, 'Olga');
      await handle.result();
      const first = await recordOf(handle);
      await server.env.sleep('1 hour');
      await startForOne(handle, 'Otto', stale);
      await handle.result();
      return [first, await recordOf(handle), await sentAbout(handle), await handle.query(publicStatusQuery)];
    });

    expect(second).toEqual(first);
    expect(sent).toEqual(['accepted.email', 'canceled-by-organisers.email', 'canceled-for-speaker', 'confirmed']);
    expect(status.lastUpdatedAt).toBe(first.state.lastUpdatedAt);
  });

  test('such a run takes up no life again, whatever it is started with', async () => {
    const [{ state: before }, { state: after }, sent] = await withPeople(async () => {
      const handle = await startConfirmed();
      const before = await recordOf(handle);
      const { course: _, ...state } = before.state;
      await startForOne(handle, 'Olga', {
        ...state,
        course: { at: 'decided', stage: 'selection', announced: 'yes' },
      });
      await handle.result().catch(() => undefined);
      return [before, await recordOf(handle), await sentAbout(handle)];
    });

    expect(after).toEqual(before);
    expect(sent).toEqual(['accepted.email', 'confirmed']);
  });
});

testThatHistoriesReplay(server, 8);
