import type { WorkflowHandle } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { publicStatusQuery } from '../../contract/workflow/queries.ts';
import { createMessageSender } from '../../messages/message-sender.ts';
import { createWorkflows } from '../../temporal/workflows.ts';
import { messageIdIn } from '../support/fixtures.ts';
import { attendance, panelRules } from '../support/people.ts';
import { startSmtp } from '../support/smtp.ts';
import { testThatHistoriesReplay, useTimeSkippingServer } from '../support/temporal.ts';
import { announce, answer, decide, overrule, usePeople } from '../support/use-people.ts';

const server = useTimeSkippingServer();
const { withPeople, startPanel } = usePeople(server);

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
        const about = handle.workflowId.slice('submission-'.length);
        const delivery = server.env.client.workflow.getHandle(`messages-${about}`);
        return [JSON.stringify(message), JSON.stringify(await delivery.fetchHistory())];
      },
      { activities: activitiesWith(smtp.url) },
    );

    expect(smtp.received[0]?.text).not.toContain('undefined');
    expect(kept).not.toContain('#token');
    expect(Buffer.from(history).toString()).not.toContain('#token');
    await smtp.close();
  });
});

testThatHistoriesReplay(server, 8);
