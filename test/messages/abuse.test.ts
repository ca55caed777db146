import { afterAll, describe, expect, test } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { waitingStates } from '../../contract/mail/message.ts';
import { operationWorkflowIdOf } from '../../contract/workflow/operation-workflows.ts';
import { taskQueue } from '../../contract/workflow/workflow-ids.ts';
import { startSmtp } from '../../dev/stand-ins/smtp.ts';
import { createMessageSender } from '../../messages/message-sender.ts';
import { createSpeakerTokens } from '../../process/speaker-tokens.ts';
import type { Message } from '../../store/messages/messages.ts';
import { everything } from '../../store/sight.ts';
import { openStore, type Store } from '../../store/store.ts';
import { createWorkflows } from '../../temporal/workflows.ts';
import { firstAnswerSchema, post } from '../support/app.ts';
import { aRequest, aSlowCall, speakerTokenKeys } from '../support/fixtures.ts';
import { untilAvailable, useGateways } from '../support/gateways.ts';
import { proveBy } from '../support/links.ts';
import { aPanelCall } from '../support/people.ts';
import { useDevServer, withWorker } from '../support/temporal.ts';
import { announce, decide, overrule } from '../support/use-people.ts';

const server = useDevServer();
const { aGateway, submitTo } = useGateways(server);
const opened: Store[] = [];
afterAll(() => Promise.all(opened.map((store) => store.close())));

const [minute, hour] = [60_000, 3_600_000];
const day = 24 * hour;
const words = ['URGENT', 'mailbox', 'evil'];
const evil = { title: 'URGENT: your mailbox is full', speaker: { name: 'Verify it at evil.example' } };

type App = ReturnType<typeof aGateway>;
type Smtp = Awaited<ReturnType<typeof startSmtp>>;
type Run = { smtp: Smtp; pass: (milliseconds: number) => void };

type Activities = ReturnType<typeof createActivities>;

/** Two workers take the letters in turn, each with a connection of its own to the database. */
function inTurn(one: Activities, other: Activities) {
  let turn = 0;
  const alternately =
    <Given extends unknown[], Value>(...both: ((...given: Given) => Value)[]) =>
    (...given: Given) => {
      turn += 1;
      return both[turn % both.length]?.(...given);
    };
  return {
    ...one,
    sendAtOnce: alternately(one.sendAtOnce, other.sendAtOnce),
    sendMessages: alternately(one.sendMessages, other.sendMessages),
    deliver: alternately(one.deliver, other.deliver),
  };
}

/** With a real mail server, and a clock that the test moves. */
async function withTwoWorkers<Result>(run: (running: Run) => Promise<Result>): Promise<Result> {
  const smtp = await startSmtp();
  let time = Date.parse('2030-01-01T12:00:00.000Z');
  const tokens = createSpeakerTokens(speakerTokenKeys);
  const sender = createMessageSender({
    ...{ smtpUrl: smtp.url, outbox: server.outbox },
    linkOf: (id, to) =>
      `https://cfs.example.org/${id}#${'purpose' in to ? tokens.ofPurpose(to.purpose, id, to.number) : tokens.of(id)}`,
  });
  const workflows = createWorkflows(server.env.client);
  const anothers = openStore(server.location, () => undefined);
  opened.push(anothers);
  const [one, other] = [server.store, anothers].map((store) =>
    createActivities({ store, sender, workflows, now: () => time }),
  );
  if (!one || !other) throw new Error('there are two stores');
  const pass = (milliseconds: number) => {
    time += milliseconds;
  };
  try {
    return await withWorker(server, () => run({ smtp, pass }), { activities: inTurn(one, other) });
  } finally {
    sender.close();
    await smtp.close();
  }
}

async function letters(to: RegExp): Promise<Message[]> {
  const all = await server.store.messages.after(undefined, ['pending', 'sending', 'sent', 'held'], 10_000, everything);
  return all.filter(({ content }) => content.kind === 'speaker' && to.test(content.fields.to));
}

/** Once there are so many, none of which is being sent. */
async function settled(to: RegExp, count: number): Promise<Message[]> {
  return expect
    .poll(() => letters(to), { timeout: 100_000, interval: 100 })
    .toSatisfy((all: Message[]) => {
      return all.length === count && all.every(({ state }) => !waitingStates.some((one) => one === state));
    })
    .then(() => letters(to));
}

const statesOf = (all: readonly Message[]) =>
  Object.fromEntries(['sent', 'held'].map((state) => [state, all.filter((one) => one.state === state).length]));

/** As the reconciler does, which looks every few minutes. */
async function wakeHeld(all: readonly Message[]): Promise<void> {
  const { wakeDelivery } = createWorkflows(server.env.client);
  for (const { submission_id, state, due_at } of all)
    if (submission_id !== null && state === 'held' && due_at !== null) await wakeDelivery(submission_id);
}

const textsOf = ({ received }: Smtp) => received.map(({ subject, text }) => `${subject}\n${text}`);

const proved = (app: App, text: string | undefined) =>
  untilAvailable(() => proveBy((path, init) => app.request(path, init), text));

/** By a client at an address of the network. */
async function postFrom(app: App, remoteAddress: string, email: string): Promise<number> {
  const incoming = { socket: { remoteAddress }, headers: {} };
  const response = await untilAvailable(() =>
    app.request(
      '/api/submissions',
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(aRequest({ speaker: { name: 'Ada', email } })),
      },
      { incoming },
    ),
  );
  return response.status;
}

describe('H38: a stranger with a list of addresses, and two workers', () => {
  test('a proof has the answer sent that was held, and at the closing what is held goes out once', async () => {
    const [ada, eve] = ['ada@held.example.org', 'eve@held.example.org'];
    const app = aGateway();

    const seen = await withTwoWorkers(async ({ smtp, pass }) => {
      pass(10 * day);
      const byAda = (title: string) => submitTo(app, aRequest({ title, speaker: { name: 'Ada', email: ada } }));
      const { id } = firstAnswerSchema.parse(
        await (await untilAvailable(() => post(app, aRequest({ speaker: { name: 'Eve', email: eve } })))).json(),
      );
      await byAda('One');
      await byAda('Two');
      await settled(/held\.example/, 6);
      const receipts = textsOf(smtp);
      await proved(app, smtp.received.find(({ text }) => text?.includes(id))?.text);
      await expect.poll(() => smtp.received.length, { timeout: 20_000 }).toBe(3);
      const answer = textsOf(smtp).slice(2);
      const input = { id: 'c'.repeat(32), createdAt: new Date().toISOString(), by: 'Olga' };
      await server.env.client.workflow.execute('closing', {
        args: [{ ...input, person: { name: 'Olga', role: 'organiser' } }],
        taskQueue,
        workflowId: operationWorkflowIdOf('closings', input.id),
      });
      const closing = smtp.received.slice(3).filter((mail) => [mail.to].flat()[0]?.text === ada);
      const left = await letters(/held\.example/);
      return { receipts, answer, closing: closing.map(({ subject }) => subject), left: statesOf(left) };
    });

    expect(seen.receipts).toHaveLength(2);
    expect(seen.answer).toEqual([expect.stringContaining(aRequest().title)]);
    expect(seen.closing).toEqual(['News about your talk at Test Conf']);
    expect(seen.left).toEqual({ sent: 4, held: 1 });
  });

  test.each([
    ['192.0.2.1', (at: number) => `192.0.2.${at - at + 1}`],
    ['a /64 of IPv6', (at: number) => `2001:db8::${at + 1}`],
  ])(
    '20 posts for 20 addresses from %s are all taken; ten receipts leave in an hour, the others later',
    async (name, addressAt) => {
      const domain = name.startsWith('a') ? 'six.example.org' : 'four.example.org';
      const to = new RegExp(domain.replaceAll('.', '\\.'));
      const app = aGateway({ call: aPanelCall() });

      const seen = await withTwoWorkers(async ({ smtp, pass }) => {
        const codes: number[] = [];
        for (let at = 0; at < 20; at += 1) codes.push(await postFrom(app, addressAt(at), `${at}@${domain}`));
        const first = await settled(to, 20);
        const mails = smtp.received.length;
        pass(hour + 15 * minute);
        await wakeHeld(first);
        await expect.poll(() => smtp.received.length, { timeout: 60_000, interval: 100 }).toBe(20);
        return { codes, mails, states: statesOf(first), held: first.filter(({ state }) => state === 'held') };
      });

      expect(seen.codes).toEqual(Array(20).fill(202));
      expect([seen.mails, seen.states]).toEqual([10, { sent: 10, held: 10 }]);
      expect(seen.held[0]?.detail).toBe(
        'At most 10 letters an hour go out about unproved submissions from one network. It goes out later.',
      );
    },
  );

  test('300 posts for one victim are one mail a day, without a word of theirs; the own talk has its answer at once', async () => {
    const victim = 'victim@example.org';
    const [app, own] = [aGateway({ call: aSlowCall('1h') }), aGateway({ call: aPanelCall() })];

    const seen = await withTwoWorkers(async ({ smtp, pass }) => {
      const talk = await submitTo(own, aRequest({ title: 'My own talk', speaker: { name: 'Vic', email: victim } }));
      await settled(/victim/, 1);
      const { status } = await proved(own, smtp.received[0]?.text);
      pass(day);
      const attack = aRequest({ ...evil, speaker: { ...evil.speaker, email: victim } });
      const clients = Array.from({ length: 15 }, async () => {
        for (let at = 0; at < 20; at += 1) await submitTo(app, attack);
      });
      await Promise.all(clients);
      const firstDay = await settled(/victim/, 301);
      const mails = textsOf(smtp).slice(1);
      await decide(talk.handle, 'passed', overrule);
      await announce(talk.handle);
      await settled(/victim/, 302);
      const answer = textsOf(smtp).slice(1 + mails.length);
      pass(day);
      // Those that came after the letter of the day.
      const due = firstDay.filter(({ state, due_at }) => state === 'held' && due_at !== null).slice(0, 20);
      await wakeHeld(due);
      const ids = new Set(due.map(({ id }) => id));
      await expect
        .poll(() => letters(/victim/), { timeout: 60_000, interval: 100 })
        .toSatisfy((all: Message[]) =>
          all.every(({ id, state, due_at }) => !ids.has(id) || state === 'sent' || !due_at),
        );
      const secondDay = textsOf(smtp).slice(1 + mails.length + answer.length);
      return { status, mails, answer, secondDay, states: statesOf(firstDay) };
    });

    expect(seen.status).toBe(200);
    expect(seen.mails).toHaveLength(1);
    for (const word of words) expect(seen.mails.join()).not.toContain(word);
    expect(seen.answer).toEqual([expect.stringContaining('My own talk')]);
    expect(seen.states).toEqual({ sent: 2, held: 299 });
    expect(seen.secondDay.length).toBeLessThanOrEqual(1);
  });
});
