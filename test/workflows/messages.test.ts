import type { WorkflowHandle } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import type { CallRules } from '../../contract/call/rules.ts';
import { promoteUpdate } from '../../contract/workflow/commands.ts';
import { publicStatusQuery } from '../../contract/workflow/queries.ts';
import { startSmtp } from '../../dev/stand-ins/smtp.ts';
import { createMessageSender } from '../../messages/message-sender.ts';
import type { Message } from '../../store/messages/messages.ts';
import { giveCommand } from '../../temporal/give-command.ts';
import { createWorkflows } from '../../temporal/workflows.ts';
import { anId, messageIdIn } from '../support/fixtures.ts';
import { attendance, panelRules } from '../support/people.ts';
import { testThatHistoriesReplay, useTimeSkippingServer } from '../support/temporal.ts';
import { announce, answer, decide, overrule, stateOf, usePeople } from '../support/use-people.ts';

const server = useTimeSkippingServer();
const { withPeople, start, startPanel } = usePeople(server);

/** The service's activities, with a mail server. */
function activitiesWith(smtpUrl: string) {
  const sender = createMessageSender({
    smtpUrl,
    outbox: server.outbox,
    linkOf: (id) => `https://cfs.example.org/${id}#token`,
  });
  const [{ store, env }, workflows] = [server, createWorkflows(server.env.client)];
  return createActivities({ store, workflows, sender, now: () => env.currentTimeMs() });
}

async function startAccepted(rules = panelRules()): Promise<WorkflowHandle> {
  const handle = await startPanel(rules);
  await decide(handle, 'passed', overrule);
  await announce(handle);
  await server.env.sleep('1 minute');
  return handle;
}

const messageOf = ({ workflowId }: WorkflowHandle, release = 'accepted') =>
  server.store.messages.find(messageIdIn(`${workflowId.slice('submission-'.length)}.${release}.email`));

describe('messages', () => {
  test('are sent once after a mail server was down for two hours', async () => {
    const down = await startSmtp();
    await down.close();

    const [before, after, mails] = await withPeople(
      async () => {
        const handles = [await startAccepted(), await startAccepted(), await startAccepted()];
        await server.env.sleep('2 hours');
        const before = await Promise.all(handles.map((handle) => messageOf(handle)));
        const smtp = await startSmtp(undefined, down.port);
        await server.env.sleep('2 hours');
        const after = await Promise.all(handles.map((handle) => messageOf(handle)));
        await smtp.close();
        return [before, after, smtp.received];
      },
      { activities: activitiesWith(down.url) },
    );

    expect(before.map((message) => message?.state)).toEqual(['pending', 'pending', 'pending']);
    expect(before[0]?.detail).toContain('ECONNREFUSED');
    expect(after.map((message) => message?.state)).toEqual(['sent', 'sent', 'sent']);
    expect(mails.map(({ messageId }) => messageId).sort()).toEqual(
      after.map((message) => `<${message?.id}@example.org>`).sort(),
    );
  });

  test('that are refused or uncertain hold nothing up and are not sent again', async () => {
    const smtp = await startSmtp((to) => (to.startsWith('unknown') ? 'cut' : { at: 'rcpt', code: 550 }));

    const [states, results, mails] = await withPeople(
      async () => {
        const rules = panelRules({}, { attendance });
        const handles = [];
        for (const name of ['unknown', 'refused']) {
          const handle = await startPanel(rules, { speaker: { name, email: `${name}@example.net` } });
          await decide(handle, 'passed', overrule);
          await announce(handle);
          handles.push(handle);
        }
        await server.env.sleep('1 day');
        const states = await Promise.all(handles.map((handle) => messageOf(handle)));
        for (const handle of handles) await answer(handle, 'confirmed');
        const results = await Promise.all(handles.map((handle) => handle.query(publicStatusQuery)));
        return [states, results, smtp.received.length];
      },
      { activities: activitiesWith(smtp.url) },
    );

    expect(states.map((message) => [message?.state, message?.attempts])).toEqual([
      ['parked', 1],
      ['refused', 1],
    ]);
    expect(states[1]?.detail).toContain('550');
    expect(results.map(({ result }) => result?.attendance)).toEqual(['confirmed', 'confirmed']);
    expect(mails).toBe(1);
    await smtp.close();
  });

  test('whose template fails are parked, and others are sent', async () => {
    const smtp = await startSmtp();
    const broken = { text: 'Subject: {{title}}\n\nDear {{speaker.phone}}', html: '<p></p>' };

    const [failed, others] = await withPeople(
      async () => {
        const wrong = await startAccepted({ ...panelRules(), texts: { accepted: broken } });
        const right = await startAccepted();
        await server.env.sleep('1 hour');
        return [await messageOf(wrong), await messageOf(right)];
      },
      { activities: activitiesWith(smtp.url) },
    );

    expect(failed).toMatchObject({ state: 'parked', attempts: 0 });
    expect(failed?.detail).toContain('{{speaker.phone}}');
    expect(others?.state).toBe('sent');
    expect(smtp.received).toHaveLength(1);
    await smtp.close();
  });

  test("contain the speaker's token in the fragment of the link only", async () => {
    const smtp = await startSmtp();

    const [kept, history] = await withPeople(
      async () => {
        const handle = await startAccepted();
        await server.env.sleep('1 hour');
        const message = await messageOf(handle);
        return [JSON.stringify(message), JSON.stringify(await handle.fetchHistory())];
      },
      { activities: activitiesWith(smtp.url) },
    );

    expect(smtp.received[0]?.text).not.toContain('undefined');
    expect(kept).not.toContain('#token');
    expect(Buffer.from(history).toString()).not.toContain('#token');
    await smtp.close();
  });
});

/** A mail server that says "later" while it is told to. */
async function aGreylistingServer() {
  let isGrey = true;
  const smtp = await startSmtp(() => (isGrey ? { at: 'rcpt', code: 451 } : 'take'));
  const setGrey = (is: boolean) => {
    isGrey = is;
  };
  return { ...smtp, setGrey };
}

const releasesIn = (mails: readonly { messageId?: string | undefined }[]) =>
  mails.map(({ messageId }) => messageId?.split('.')[1]);

const promote = (handle: WorkflowHandle) => giveCommand(handle, promoteUpdate, { args: [{ freedBy: anId(404) }] });

async function startWaitlisted(rules: CallRules): Promise<WorkflowHandle> {
  const handle = await startPanel(rules);
  await decide(handle, 'waitlisted', overrule);
  await announce(handle);
  return handle;
}

describe('the letters to one speaker, with a mail server that puts them off', () => {
  test('that are overtaken are not sent: the waiting list, a reminder after the answer, a reminder after the deadline', async () => {
    const smtp = await aGreylistingServer();
    const rules = panelRules({}, { attendance: { deadline: '12h', reminders: ['6h'] } });

    const [states, size] = await withPeople(
      async () => {
        const handles = [await startWaitlisted(rules), await startWaitlisted(rules)] as const;
        const [confirms, forgets] = handles;
        await server.env.sleep('20 seconds');
        for (const handle of handles) await promote(handle);
        await server.env.sleep('20 seconds');
        smtp.setGrey(false);
        await server.env.sleep('1 hour');
        smtp.setGrey(true);
        await server.env.sleep('7 hours');
        await answer(confirms, 'confirmed');
        await server.env.sleep('5 hours');
        smtp.setGrey(false);
        await server.env.sleep('3 hours');
        const states = await Promise.all(
          handles.map(async (handle) => [
            await messageOf(handle, 'waitlisted'),
            await messageOf(handle, 'promoted'),
            await messageOf(handle, 'attendance-reminder'),
          ]),
        );
        const delivery = server.env.client.workflow.getHandle(forgets.workflowId.replace('submission', 'messages'));
        return [states, (await delivery.describe()).historyLength];
      },
      { activities: activitiesWith(smtp.url) },
    );

    const of = (states: readonly (Message | undefined)[]) => states.map((message) => [message?.state, message?.detail]);
    const overtaken = (by: string) => ['superseded', expect.stringMatching(`^Overtaken by “${by}”`)];
    const sent = ['sent', expect.stringContaining('250')];
    expect(states.map(of)).toEqual([
      [overtaken('promoted'), sent, overtaken('confirmed')],
      [overtaken('promoted'), sent, overtaken('lapsed')],
    ]);
    expect(releasesIn(smtp.received)).toEqual(['promoted', 'promoted', 'lapsed']);
    expect(size).toBeLessThan(40);
    await smtp.close();
  });

  test('keep their order, for as long as one of them waits', async () => {
    const smtp = await aGreylistingServer();

    const [waiting, before] = await withPeople(
      async () => {
        const handle = await startPanel(panelRules());
        const { verdicts } = await stateOf(handle);
        const reopens = {
          id: anId(404),
          original: anId(404),
          by: 'Olga',
          reason: 'A mistake.',
          stage: 'selection' as const,
        };
        const again = await start(panelRules(), {}, { ...reopens, verdicts });
        await server.env.sleep('10 seconds');
        smtp.setGrey(false);
        await decide(again, 'passed', overrule);
        await announce(again);
        await server.env.sleep('10 seconds');
        const waiting = await messageOf(again);
        const before = smtp.received.length;
        await server.env.sleep('10 minutes');
        return [waiting, before];
      },
      { activities: activitiesWith(smtp.url) },
    );

    expect([waiting?.state, waiting?.attempts, before]).toEqual(['pending', 0, 0]);
    expect(releasesIn(smtp.received)).toEqual(['reopened', 'accepted']);
    await smtp.close();
  });
});

testThatHistoriesReplay(server, 8);
