/** The paths of a submission through its workflow, one for each way that its code may go. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Client, WorkflowHandle } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import { type Call, callSchema, rulesOf } from '../../contract/call/call.ts';
import type { Step } from '../../contract/lifecycle/next-step.ts';
import { nextStep } from '../../contract/lifecycle/next-step.ts';
import { currentVerdict } from '../../contract/record.ts';
import type { SubmissionState } from '../../contract/state.ts';
import { parseSubmissionId, type SubmissionId } from '../../contract/submission-id.ts';
import * as commands from '../../contract/workflow/commands.ts';
import { recordQuery } from '../../contract/workflow/queries.ts';
import { inputVersion, type SubmissionInput } from '../../contract/workflow/submission-input.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import { deadlineIn } from '../../process/deadline.ts';
import { giveCommand } from '../../temporal/give-command.ts';
import { createSubmissions } from '../../temporal/submissions.ts';
import { aTalk, theCall } from './material.ts';

type Change = Record<string, unknown>;

/** Starts a submission under a call that differs from the usual one in what is named. */
type Start = (change?: Change, talk?: Change, more?: Partial<SubmissionInput>) => Promise<One>;

export type One = ReturnType<typeof oneOf>;

type Path = (start: Start) => Promise<One>;

const panel = (change: Change = {}) => ({
  announcement: 'by-organisers',
  stages: {
    ...theCall.stages,
    selection: {
      bar: 3,
      policy: { kind: 'panel', quorum: 1, deadline: '30d', reminders: [], whenDue: 'escalate', ...change },
    },
  },
});
const referring = (refer: Change) => ({
  stages: { ...theCall.stages, moderation: { ...theCall.stages.moderation, checks: { words: { refer } } } },
});
const attendance = { deadline: '30d', reminders: [] as string[] };
const slow = { kind: 'automatic', after: '2s' };

/** Of a submission that has given its slot back. */
const anotherId = idOf(0xffff);

export const paths = {
  async 'waiting-list-to-the-end'(start) {
    const one = await start(panel());
    await one.waiting('reviews');
    await one.decide('waitlisted');
    await one.give(commands.announceUpdate, { by: 'Olga' });
    await one.waiting('slot');
    await one.give(commands.closeUpdate, { by: 'Olga' });
    return one.over();
  },

  async 'waiting-list-and-promoted'(start) {
    const one = await start({ ...panel(), attendance });
    await one.waiting('reviews');
    await one.decide('waitlisted');
    await one.give(commands.announceUpdate, { by: 'Olga' });
    await one.waiting('slot');
    await one.give(commands.promoteUpdate, { freedBy: anotherId });
    await one.waiting('attendance');
    await one.give(commands.attendanceUpdate, { answer: 'declined' });
    return one.over();
  },

  'accepted-at-once': async (start) => (await start()).over(),
  'rejected-at-once': async (start) => (await start({}, { description: 'Insufficient: three words.' })).over(),

  async 'rejected-after-each-wait'(start) {
    const stages = { moderation: { ...theCall.stages.moderation, policy: slow } };
    const { shortlisting, selection } = theCall.stages;
    const waits = {
      ...stages,
      shortlisting: { ...shortlisting, policy: slow },
      selection: { ...selection, policy: slow },
    };
    return (await start({ stages: waits }, { description: 'Five words are too few.' })).over();
  },

  async withdrawn(start) {
    const one = await start(panel());
    await one.waiting('reviews');
    await one.give(commands.withdrawUpdate, {});
    return one.over();
  },

  async 'reviewed-decided-confirmed'(start) {
    const one = await start({ ...panel(), attendance });
    await one.waiting('reviews');
    await one.give(commands.reviewUpdate, {
      by: 'Rita',
      scores: { substance: 4 },
      note: 'Good.',
      feedback: 'Show code.',
    });
    await one.give(commands.reviewUpdate, { by: 'Rolf', abstains: true });
    await one.give(commands.conflictUpdate, { by: 'Rolf', reason: 'A friend.' });
    await one.decide('passed');
    await one.give(commands.announceUpdate, { by: 'Olga' });
    await one.waiting('attendance');
    await one.give(commands.attendanceUpdate, { answer: 'confirmed' });
    return one.over();
  },

  async 'decision-changed'(start) {
    const one = await start(panel());
    await one.waiting('reviews');
    await one.decide('passed');
    await one.decide('rejected');
    await one.give(commands.announceUpdate, { by: 'Olga', reason: 'It is time.' });
    return one.over();
  },

  async 'panel-reminded-escalated-and-moved'(start) {
    const one = await start(panel({ deadline: '4s', reminders: ['2s'] }));
    await one.waiting('organisers');
    await one.give(commands.rescheduleUpdate, { by: 'Olga', due: inDays(9) });
    await one.waiting('reviews');
    await one.decide('passed');
    await one.give(commands.announceUpdate, { by: 'Olga' });
    return one.over();
  },

  'panel-decided-automatically': async (start) =>
    (await start({ ...panel({ deadline: '2s', whenDue: 'automatic' }), announcement: undefined })).over(),

  'announced-at-a-date': async (start) =>
    (await start({ disclosure: 'until-announced', announcement: inSeconds(3) })).over(),

  async 'attendance-reminded-moved-and-lapsed'(start) {
    const one = await start({ attendance: { deadline: '30d', reminders: ['2s'] } });
    await one.waiting('attendance');
    await one.give(commands.rescheduleUpdate, { by: 'Olga', due: inSeconds(4) });
    return one.over();
  },

  async 'closed-undecided'(start) {
    const one = await start(panel());
    await one.waiting('reviews');
    await one.give(commands.closeUpdate, { by: 'Olga', reason: 'The programme is full.' });
    return one.over();
  },

  async 'closed-and-decided-automatically'(start) {
    const one = await start({ ...panel(), whenClosed: 'automatic' });
    await one.waiting('reviews');
    await one.give(commands.closeUpdate, { by: 'Olga' });
    return one.over();
  },

  async reopened(start) {
    const first = await (await start({ ...panel(), attendance })).untilWaiting('reviews');
    await first.decide('rejected');
    await first.give(commands.announceUpdate, { by: 'Olga' });
    await first.over();
    const { id, verdicts } = await first.state();
    const reopens = { id, original: id, by: 'Olga', reason: 'A mistake.', stage: 'selection' as const, verdicts };
    const one = await start({ ...panel(), attendance }, {}, { reopens, proved: true });
    await one.waiting('announcement');
    await one.decide('passed');
    await one.give(commands.announceUpdate, { by: 'Olga' });
    await one.waiting('attendance');
    await one.give(commands.attendanceUpdate, { answer: 'confirmed' });
    return one.over();
  },

  'referred-and-passed': async (start) =>
    (await start(referring({ deadline: '2s', whenDue: 'pass' }), { title: 'Idiots at work' })).over(),

  async 'referred-escalated-and-decided'(start) {
    const one = await start(referring({ deadline: '2s', whenDue: 'escalate' }), { title: 'Idiots at work' });
    await one.waiting('organisers');
    await one.give(commands.decideUpdate, { by: 'Olga', stage: 'moderation', outcome: 'passed' });
    return one.over();
  },

  async 'confirmed-and-canceled'(start) {
    const one = await start({ attendance: { ...attendance, cancelUntil: inDays(9) } });
    await one.waiting('attendance');
    await one.give(commands.attendanceUpdate, { answer: 'confirmed' });
    await one.waiting('time-to-cancel');
    await one.give(commands.cancelUpdate, { by: 'Olga', reason: 'She is ill.' });
    return one.over();
  },

  async 'cancelled-by-an-operator'(start) {
    const one = await start(panel());
    await one.waiting('reviews');
    await one.handle.cancel();
    return one.over();
  },

  async 'proved-edited-and-handed-over'(start) {
    const jun = { name: 'Jun Watanabe', email: 'jun@example.net' };
    const one = await start(panel(), { coSpeakers: [jun] }, { receipt: { origin: '192.0.2.1' } });
    await one.waiting('reviews');
    await one.give(commands.proveUpdate, { address: 0, answer: 'mine' });
    await one.give(commands.coSpeakerUpdate, { number: 1, answer: 'accepted' });
    await one.give(commands.editUpdate, { submission: aTalk({ coSpeakers: [jun], title: 'Another title' }) });
    await one.give(commands.remindersUpdate, { reminders: 'off' });
    await one.give(commands.handOverUpdate, { to: jun.email });
    await one.give(commands.endTokensUpdate, { generation: 1 });
    await one.decide('passed');
    await one.give(commands.announceUpdate, { by: 'Olga' });
    return one.over();
  },

  async 'address-changed-and-kept'(start) {
    const one = await start(panel(), {}, {});
    await one.waiting('reviews');
    await one.give(commands.proveUpdate, { address: 0, answer: 'mine' });
    await one.give(commands.editUpdate, { submission: aTalk(), email: 'ada@example.net' });
    await one.give(commands.proveUpdate, { address: 1, answer: 'mine' });
    const { generation } = await one.give(commands.undoAddressUpdate, { address: 0 });
    await one.give(commands.withdrawUpdate, { generation });
    return one.over();
  },

  async 'not-theirs'(start) {
    const one = await start(panel(), {}, {});
    await one.waiting('reviews');
    await one.give(commands.proveUpdate, { address: 0, answer: 'not-mine' });
    return one.over();
  },
} satisfies Record<string, Path>;

/** @param seed tells the submissions of one path from those of others */
export function starterOf(client: Client, seed: number): Start {
  let count = 0;
  return async (change = {}, talk = {}, more = { proved: true }) => {
    count += 1;
    const id = idOf(seed * 100 + count);
    const call = callSchema.parse({ ...theCall, ...change });
    const input: SubmissionInput = {
      version: inputVersion,
      id,
      createdAt: new Date().toISOString(),
      submission: aTalk(talk),
      fingerprint: 'fingerprint',
      rules: rulesOf(call),
      ...more,
    };
    await createSubmissions(client).start(input, deadlineIn(10_000));
    return oneOf(client.workflow.getHandle(workflowIdOf(id)), id, call);
  };
}

function oneOf(handle: WorkflowHandle, id: SubmissionId, call: Call) {
  const state = async (): Promise<SubmissionState> => (await handle.query(recordQuery)).state;

  async function waiting(what: Extract<Step, { wait: unknown }>['wait']): Promise<void> {
    for (;;) {
      const step = nextStep(await state(), rulesOf(call), new Date().toISOString());
      if ('wait' in step && step.wait === what) return;
      await delay(100);
    }
  }

  const one = {
    id,
    handle,
    state,
    waiting,

    async untilWaiting(what: Parameters<typeof waiting>[0]) {
      await waiting(what);
      return one;
    },

    give: <Command, Result>(update: UpdateDefinition<Result, [Command]>, command: Command) =>
      giveCommand(handle, update, { args: [command] }),

    async decide(outcome: commands.DecideCommand['outcome']) {
      const replaces = currentVerdict(await state())?.number;
      const command: commands.DecideCommand = {
        by: 'Olga',
        stage: 'selection',
        outcome,
        override: true,
        reason: 'Why not.',
      };
      return one.give(commands.decideUpdate, replaces === undefined ? command : { ...command, replaces });
    },

    /** Resolves when its workflow has ended. */
    async over() {
      await handle.result().catch(() => undefined);
      return one;
    },
  };
  return one;
}

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();
const inDays = (days: number) => inSeconds(days * 86_400);

function idOf(number: number): SubmissionId {
  const id = parseSubmissionId(number.toString(16).padStart(32, '0'));
  if (id === undefined) throw new RangeError(`${number} makes no id`);
  return id;
}
