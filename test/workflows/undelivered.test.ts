import type { WorkflowHandle } from '@temporalio/client';
import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, test } from 'vitest';
import { createHoldClock } from '../../activities/hold-clock.ts';
import { createActivities } from '../../activities/index.ts';
import { holdClocks } from '../../activities/reconcile/hold-clocks.ts';
import { createRepairs } from '../../activities/reconcile/repairs.ts';
import type { Channel } from '../../contract/mail/message.ts';
import type { LinkTo } from '../../contract/mail/message-content.ts';
import { attendanceOf } from '../../contract/record.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import {
  closeUpdate,
  correctAddressUpdate,
  proveUpdate,
  rescheduleUpdate,
  settleLetterUpdate,
} from '../../contract/workflow/commands.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import { startSmtp } from '../../dev/stand-ins/smtp.ts';
import { createMessageSender } from '../../messages/message-sender.ts';
import { deadlineIn } from '../../process/deadline.ts';
import { giveCommand } from '../../temporal/give-command.ts';
import { createSubmissions } from '../../temporal/submissions.ts';
import { createWorkflows } from '../../temporal/workflows.ts';
import { anId, anInput, aSubmission, messageIdIn } from '../support/fixtures.ts';
import { attendance, panelRules } from '../support/people.ts';
import { testThatHistoriesReplay, useTimeSkippingServer } from '../support/temporal.ts';
import { announce, decide, overrule, stateOf, usePeople } from '../support/use-people.ts';

const server = useTimeSkippingServer();
const { withPeople, startPanel } = usePeople(server);

type Behaviour = Parameters<typeof startSmtp>[0];

const [wrong, right] = ['ada@exmaple.net', 'ada@example.net'];
const refused = { at: 'rcpt', code: 550 } as const;
const correction = { by: 'Olga', from: wrong, email: right, reason: 'It had a typing error.' };
const day = 24 * 3_600_000;

/** A worker with a real mail server, which refuses what is said. */
async function withMailServer<Result>(
  behaviour: Behaviour,
  run: (smtp: Awaited<ReturnType<typeof startSmtp>>) => Promise<Result>,
  replaced: (activities: ReturnType<typeof createActivities>) => object = () => ({}),
): Promise<Result> {
  const smtp = await startSmtp(behaviour);
  const { store, env, outbox } = server;
  const linkOf = (id: string, to: LinkTo) =>
    `https://cfs.example.org/${id}#token-${'generation' in to ? to.generation : to.purpose}`;
  const sender = createMessageSender({ smtpUrl: smtp.url, outbox, linkOf });
  const activities = createActivities({
    ...{ store, sender, workflows: createWorkflows(env.client) },
    now: () => env.currentTimeMs(),
  });
  try {
    return await withPeople(() => run(smtp), { activities: { ...activities, ...replaced(activities) } });
  } finally {
    await smtp.close();
  }
}

/** Accepted, and asked for an answer within ten days. */
async function startAsked(): Promise<WorkflowHandle> {
  const handle = await startPanel(panelRules({}, { attendance }), { speaker: { name: 'Ada', email: wrong } });
  await decide(handle, 'passed', overrule);
  await announce(handle);
  // Less than the pause after a first attempt.
  await server.env.sleep('30 seconds');
  return handle;
}

async function stateIn({ workflowId }: WorkflowHandle, release: string, channel: Channel = 'email') {
  const id = messageIdIn(`${workflowId.slice('submission-'.length)}.${release}.${channel}`);
  return (await server.store.messages.find(id))?.state;
}

const awaitedOf = async (handle: WorkflowHandle) => attendanceOf(await stateOf(handle));

describe('an acceptance that the mail server refuses', () => {
  test("holds the speaker's clock and tells the organisers at once; corrected, it has its whole time", async () => {
    const seen = await withMailServer(
      (to) => (to === wrong ? refused : 'take'),
      async (smtp) => {
        const handle = await startAsked();
        const told = await stateIn(handle, 'undelivered', 'outbox');
        await server.env.sleep('60 days');
        const held = await awaitedOf(handle);
        await giveCommand(handle, correctAddressUpdate, { args: [correction] });
        await giveCommand(handle, proveUpdate, { args: [{ address: 1, answer: 'mine' }] });
        const at = await server.env.currentTimeMs();
        await server.env.sleep('1 minute');
        const again = await awaitedOf(handle);
        await server.env.sleep('9 days');
        const waits = await awaitedOf(handle);
        await server.env.sleep('1 day');
        const mails = smtp.received.map(({ to, subject, text }) => ({ to: [to].flat()[0]?.text, subject, text }));
        const states = await Promise.all(
          ['accepted', 'accepted-2', 'address-replaced'].map((one) => stateIn(handle, one)),
        );
        return { told, held, again, waits, lapsed: await awaitedOf(handle), mails, states, at };
      },
    );

    const due = seen.again?.answer === 'awaited' ? Date.parse(seen.again.due) : 0;
    expect(seen.told).toBe('sent');
    expect(seen.held).toMatchObject({ answer: 'awaited', isHeld: true });
    expect(seen.again).not.toHaveProperty('isHeld');
    expect(Math.abs(due - seen.at - 10 * day)).toBeLessThanOrEqual(day / 24);
    expect([seen.waits?.answer, seen.lapsed?.answer]).toEqual(['awaited', 'lapsed']);
    expect(seen.states).toEqual(['superseded', 'sent', 'refused']);
    expect(seen.mails.map(({ to, subject }) => [to, subject?.split(':')[0]])).toEqual([
      [right, expect.stringContaining('Confirm your address')],
      [right, expect.stringContaining('Accepted')],
      [right, expect.stringContaining('Please answer')],
      [right, expect.anything()],
    ]);
    expect(seen.mails.map(({ text }) => text?.match(/#token-\w+/)?.[0])).toEqual([
      '#token-proof',
      ...['#token-1', '#token-1', undefined],
    ]);
  });

  test('is held too where it is refused on a later attempt, and goes out again when an organiser says so', async () => {
    let does: ReturnType<NonNullable<Behaviour>> = { at: 'rcpt', code: 451 };

    const seen = await withMailServer(
      () => does,
      async (smtp) => {
        const handle = await startAsked();
        const pending = [await stateIn(handle, 'accepted'), await awaitedOf(handle)];
        does = refused;
        await server.env.sleep('1 hour');
        const held = [await stateIn(handle, 'accepted'), await awaitedOf(handle)];
        does = 'take';
        const result = await giveCommand(handle, settleLetterUpdate, { args: [{ letter: 'accepted', as: 'resend' }] });
        await server.env.sleep('1 minute');
        const states = await Promise.all(['accepted', 'accepted-2'].map((one) => stateIn(handle, one)));
        return { pending, held, result, states, again: await awaitedOf(handle), mails: smtp.received.length };
      },
    );

    expect(seen.pending).toMatchObject(['pending', { answer: 'awaited' }]);
    expect(seen.pending[1]).not.toHaveProperty('isHeld');
    expect(seen.held).toMatchObject(['refused', { answer: 'awaited', isHeld: true }]);
    expect(seen.result).toBe(true);
    expect(seen.again).not.toHaveProperty('isHeld');
    expect([seen.states, seen.mails]).toEqual([['superseded', 'sent'], 1]);
  });

  test('is found by the reconciler where nobody has told the workflow, once', async () => {
    const [before, held, events] = await withMailServer(
      () => refused,
      async () => {
        const handle = await startAsked();
        const before = await awaitedOf(handle);
        const reconciled = async () => {
          await new MockActivityEnvironment().run(() => holdClocks({ store, holdClock }, createRepairs()));
          await server.env.sleep('1 minute');
          return (await handle.describe()).historyLength;
        };
        const { store } = server;
        const holdClock = createHoldClock({ store, workflows: createWorkflows(server.env.client) });
        const events = [await reconciled(), await reconciled()];
        return [before, await awaitedOf(handle), events];
      },
      ({ sendAtOnce }) => ({
        sendAtOnce: async (id: SubmissionId) => ({ ...(await sendAtOnce(id)), undelivered: [] }),
      }),
    );

    expect(before).not.toHaveProperty('isHeld');
    expect(held).toHaveProperty('isHeld', true);
    expect(events[1]).toBe(events[0]);
  });

  test('lapses when the call closes, which names it as undelivered', async () => {
    const [answer, undelivered] = await withMailServer(
      () => refused,
      async () => {
        const handle = await startAsked();
        await giveCommand(handle, closeUpdate, { args: [{ by: 'Olga' }] });
        await handle.result();
        return [(await awaitedOf(handle))?.answer, await stateIn(handle, 'accepted')];
      },
    );

    expect([answer, undelivered]).toEqual(['lapsed', 'refused']);
  });
});

describe('H38: an acceptance that is held, since its address is not proved and has had its letter of the day', () => {
  /** Accepted, and asked for an answer, on the day of its receipt. */
  async function startHeld(seed: number): Promise<WorkflowHandle> {
    const now = await server.env.currentTimeMs();
    await server.env.sleep(day - (now % day) + day / 4);
    const createdAt = new Date(await server.env.currentTimeMs()).toISOString();
    const { proved: _, ...input } = anInput({
      ...{ id: anId(seed), createdAt, rules: panelRules({}, { attendance }), receipt: { origin: `network ${seed}` } },
      submission: aSubmission({ speaker: { name: 'Ada', email: `${seed}@example.net` } }),
    });
    await createSubmissions(server.env.client).start(input, deadlineIn(10_000));
    server.started.add(workflowIdOf(input.id));
    const handle = server.env.client.workflow.getHandle(workflowIdOf(input.id));
    await server.env.sleep('1 hour');
    await decide(handle, 'passed', overrule);
    await announce(handle);
    await server.env.sleep('30 seconds');
    return handle;
  }

  const subjectsOf = (smtp: Awaited<ReturnType<typeof startSmtp>>) => smtp.received.map(({ subject }) => subject);

  test('stops the clock, and asks anew when its day has come', async () => {
    const seen = await withMailServer(
      () => 'take',
      async (smtp) => {
        const handle = await startHeld(9_001);
        const held = [await stateIn(handle, 'accepted'), await awaitedOf(handle)];
        await server.env.sleep('20 days');
        await createWorkflows(server.env.client).wakeDelivery(anId(9_001));
        await server.env.sleep('1 minute');
        const at = await server.env.currentTimeMs();
        const states = await Promise.all(['accepted', 'accepted-2'].map((one) => stateIn(handle, one)));
        return { held, states, at, again: await awaitedOf(handle), subjects: subjectsOf(smtp) };
      },
    );

    expect(seen.held).toMatchObject(['held', { answer: 'awaited', isHeld: true }]);
    expect(seen.states).toEqual(['superseded', 'sent']);
    const due = seen.again?.answer === 'awaited' ? Date.parse(seen.again.due) : 0;
    expect(Math.abs(due - seen.at - 10 * day)).toBeLessThanOrEqual(day / 12);
    expect(seen.again).not.toHaveProperty('isHeld');
    expect(seen.subjects).toEqual(['Your talk has reached Test Conf', 'News about your talk at Test Conf']);
  });

  test('goes out anew with the proof, in all its words', async () => {
    const seen = await withMailServer(
      () => 'take',
      async (smtp) => {
        const handle = await startHeld(9_002);
        const held = await awaitedOf(handle);
        await giveCommand(handle, proveUpdate, { args: [{ address: 0, answer: 'mine' }] });
        await server.env.sleep('1 minute');
        const states = await Promise.all(['accepted', 'accepted-2'].map((one) => stateIn(handle, one)));
        return { held, states, again: await awaitedOf(handle), subjects: subjectsOf(smtp) };
      },
    );

    expect(seen.held).toMatchObject({ answer: 'awaited', isHeld: true });
    expect(seen.states).toEqual(['superseded', 'sent']);
    expect(seen.again).not.toHaveProperty('isHeld');
    expect(seen.subjects).toEqual(['Your talk has reached Test Conf', expect.stringContaining('A talk about waiting')]);
  });
});

describe("a deadline of the speaker's answer that is moved", () => {
  test('is told, replaces reminders that have not gone out, and has its own', async () => {
    let does: ReturnType<NonNullable<Behaviour>> = 'take';

    const [mails, states] = await withMailServer(
      () => does,
      async (smtp) => {
        const handle = await startAsked();
        does = { at: 'rcpt', code: 451 };
        await server.env.sleep('8 days');
        const now = await server.env.currentTimeMs();
        const due = new Date(now + 4 * day).toISOString();
        await giveCommand(handle, rescheduleUpdate, { args: [{ by: 'Olga', due }] });
        await server.env.sleep('1 minute');
        does = 'take';
        await server.env.sleep('2 days');
        const mails = smtp.received.map(({ subject }) => subject?.split(/[,:]| by /)[0]);
        const of = ['attendance-reminder', 'deadline-moved', 'attendance-reminder-2'];
        return [mails, await Promise.all(of.map((one) => stateIn(handle, one)))];
      },
    );

    expect(states).toEqual(['superseded', 'sent', 'sent']);
    expect(mails).toEqual(['Accepted', 'New date', 'Please answer']);
  });
});

testThatHistoriesReplay(server, 5);
