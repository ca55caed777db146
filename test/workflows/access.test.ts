import { expect, test } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { talksSchema } from '../../contract/http/speaker-answers.ts';
import type { LinkTo } from '../../contract/mail/message-content.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { deliveryIdOf } from '../../contract/workflow/deliveries.ts';
import { reconciliation, taskQueue } from '../../contract/workflow/workflow-ids.ts';
import { startSmtp } from '../../dev/stand-ins/smtp.ts';
import { createMessageSender } from '../../messages/message-sender.ts';
import { accessTime, createSpeakerTokens } from '../../process/speaker-tokens.ts';
import { createWorkflows } from '../../temporal/workflows.ts';
import { anId, aRequest, aSlowCall, aSubmission, publicUrl, speakerTokenKeys } from '../support/fixtures.ts';
import { useGateways } from '../support/gateways.ts';
import { aRecord, aWriter } from '../support/records.ts';
import { testThatHistoriesReplay, useDevServer, withWorker } from '../support/temporal.ts';

const server = useDevServer();
const { aGateway, submitTo, withdraw } = useGateways(server);
const tokens = createSpeakerTokens(speakerTokenKeys);

type App = ReturnType<typeof aGateway>;

/** The service's activities, with a mail server and links as the worker makes them. */
function activitiesWith(smtpUrl: string) {
  const linkOf = (id: SubmissionId, to: LinkTo) =>
    `${publicUrl}/submissions/${id}#${'purpose' in to ? tokens.ofPurpose(to.purpose, id, to.number) : tokens.of(id, to.generation)}`;
  const linkToTalks = (holder: string) => {
    const now = Date.now();
    return { link: `${publicUrl}/mine#${tokens.ofAccess(holder, now)}`, until: new Date(now + accessTime) };
  };
  const sender = createMessageSender({ smtpUrl, outbox: server.outbox, linkOf, linkToTalks });
  return createActivities({ store: server.store, workflows: createWorkflows(server.env.client), sender });
}

const ask = async (app: App, email: string) =>
  app.request('/api/access', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email }),
  });

const authorized = (token: string) => ({ Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' });

async function talksOf(app: App, token: string) {
  const response = await app.request('/api/talks', { headers: authorized(token) });
  return talksSchema.parse(await response.json()).items;
}

/** What stands after the # of the one link in a mail. */
const codeIn = (text = '') => /https:\S+#(\S+)/.exec(text)?.[1] ?? '';

/** Runs with a worker that has a mail server, and gives what it sends for access. */
async function withMail(run: (mails: () => { subject?: string; text?: string; to: string }[]) => Promise<void>) {
  const smtp = await startSmtp();
  server.started.add(deliveryIdOf('access'));
  const mails = () =>
    smtp.received.map(({ subject = '', text = '', to }) => ({ subject, text, to: [to ?? []].flat()[0]?.text ?? '' }));
  try {
    await withWorker(server, () => run(mails), { activities: activitiesWith(smtp.url) });
  } finally {
    await smtp.close();
  }
}

const toMine = (mails: { text?: string; to: string; subject?: string }[]) =>
  mails.filter(({ text }) => text?.includes('/mine#'));

const reconcile = () =>
  server.env.client.workflow.execute(reconciliation, { taskQueue, workflowId: `reconcile-${crypto.randomUUID()}` });

test('H39: who has lost everything gets a link by mail, reads their talks, and withdraws one', async () => {
  const hostile = '<b>URGENT</b> verify at https://evil.example \u05d0 ada@evil.example';
  await withMail(async (mails) => {
    const app = aGateway({ call: aSlowCall('1h', { timeZone: 'Europe/Berlin' }) });
    const speaker = { name: 'Ada', email: 'Ada+talks@example.org' };
    const first = await submitTo(app, aRequest({ title: 'The first', speaker }));
    // One receipt a day goes to an address.
    await expect.poll(() => mails().length, { timeout: 20_000 }).toBe(1);
    const second = await submitTo(app, aRequest({ title: hostile, speaker }));
    const other = await submitTo(
      app,
      aRequest({ title: 'Of another address', speaker: { ...speaker, email: 'ada@example.org' } }),
    );
    await expect.poll(() => mails().length, { timeout: 20_000 }).toBe(2);
    const onRecord = async () => (await server.store.talks.heldBy('ada+talks@example.org', 100)).length;
    await expect.poll(onRecord, { timeout: 20_000 }).toBe(2);
    const receipt = mails().find(({ text }) => text?.includes(first.id));
    await app.request(`/api/submissions/${first.id}/proof`, {
      method: 'POST',
      headers: authorized(codeIn(receipt?.text)),
      body: JSON.stringify({ answer: 'mine' }),
    });

    const answer = await ask(app, 'ada+TALKS@example.org');
    await ask(app, 'nobody@example.org');
    await expect.poll(() => toMine(mails()).length, { timeout: 20_000 }).toBe(1);
    const [mail] = toMine(mails());
    const talks = await talksOf(app, codeIn(mail?.text));

    expect(answer.status).toBe(202);
    expect(mail).toMatchObject({ to: 'Ada+talks@example.org', subject: 'Your link to Test Conf' });
    expect(mail?.text).toMatch(/It works until \w+day,? \d+ \w+ \d{4} at \d\d:\d\d (CET|CEST|GMT\+\d)/);
    expect(mail?.text).not.toMatch(/URGENT|evil|first/);
    expect(talks).toEqual([
      {
        ...{ id: first.id, title: 'The first', isProved: true, status: expect.objectContaining({ id: first.id }) },
        speakerToken: first.speakerToken,
      },
      {
        ...{ id: second.id, title: hostile, isProved: false, status: expect.objectContaining({ id: second.id }) },
        proofToken: expect.stringMatching(/^1\.p0\./),
      },
    ]);
    expect(toMine(mails()).filter(({ to }) => !to.startsWith('Ada+'))).toEqual([]);
    expect(other.id).not.toBe(second.id);
    expect((await withdraw(app, { id: first.id, speakerToken: talks[0]?.speakerToken ?? '' })).status).toBe(202);
  });
});

test('H39: a request that nobody was told of is found by the reconciler, also beside one that is held', async () => {
  await withMail(async (mails) => {
    const emails = ['forgotten@example.org', 'held@example.org'];
    for (const [at, email] of emails.entries()) {
      const submission = aSubmission({ title: `Talk ${at}`, speaker: { name: 'Somebody', email } });
      // Over: the reconciler asks no workflow.
      const record = aRecord(0x100 + at, { conclusion: { kind: 'rejected' }, stage: 'selection' }, submission);
      await server.store.records.keep(record, [], aWriter);
    }
    const forget = (holder: string) =>
      server.store.accessRequests.write({
        ...{ id: crypto.randomUUID(), holder, asked_at: new Date().toISOString() },
        call: JSON.stringify({ call: { name: 'Test Conf', contact: 'programme@example.org' }, timeZone: 'UTC' }),
      });
    const app = aGateway();
    const heldOnes = async () => (await server.store.accessRequests.next())?.holder === 'held@example.org';
    for (let time = 0; time < 3; time += 1) await server.store.budgets.chargeStrangers('held@example.org', new Date());
    await ask(app, 'held@example.org');
    await expect
      .poll(async () => Date.parse((await server.store.accessRequests.next())?.due_at ?? '') > Date.now(), {
        timeout: 20_000,
      })
      .toBe(true);
    const before = mails().length;

    await forget('forgotten@example.org');
    await reconcile();
    await expect.poll(() => mails().length, { timeout: 20_000 }).toBe(before + 1);

    expect(mails().at(-1)?.to).toBe('forgotten@example.org');
    await expect.poll(heldOnes).toBe(true);
    await server.store.accessRequests.clear();
    await server.env.client.workflow.getHandle(deliveryIdOf('access')).terminate();
  });
});

test('H39: one whose delivery was ended from outside is taken up by the reconciler', async () => {
  await withMail(async () => {
    const call = JSON.stringify({ call: { name: 'Test Conf', contact: 'programme@example.org' }, timeZone: 'UTC' });
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    await server.store.accessRequests.write({ id: anId(1), holder: 'nobody@example.org', call, asked_at: tomorrow });
    const { isDelivering } = createWorkflows(server.env.client);

    const before = await isDelivering('access');
    await reconcile();

    expect([before, await isDelivering('access')]).toEqual([false, true]);
    await server.store.accessRequests.clear();
    await server.env.client.workflow.getHandle(deliveryIdOf('access')).terminate();
  });
});

testThatHistoriesReplay(server, 3);
