import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { createApp } from '../../../api/app.ts';
import { attendanceOf } from '../../../contract/record.ts';
import { parseSubmissionId } from '../../../contract/submission-id.ts';
import { recordQuery } from '../../../contract/workflow/queries.ts';
import { createSpeakerTokens, type Purpose } from '../../../process/speaker-tokens.ts';
import { problemOf } from '../../support/app.ts';
import { messageIdIn, planted, speakerTokenKeys } from '../../support/fixtures.ts';
import { useGateways } from '../../support/gateways.ts';
import { accept, accessByName, as, jsonOf, inPanel as openPanel } from '../../support/organisers.ts';
import { aPanelCall, attendance } from '../../support/people.ts';
import { testThatHistoriesReplay, useDevServer, withWorker } from '../../support/temporal.ts';

const server = useDevServer();
const gateways = useGateways(server);
const { poll } = gateways;
const tokens = createSpeakerTokens(speakerTokenKeys);

/** The one that a letter has after a correction. */
function tokenOf(text: string): string {
  const id = parseSubmissionId(text);
  if (id === undefined) throw new Error(`${text} is no id`);
  return tokens.of(id, 1);
}

function purposeToken(purpose: Purpose, text: string, number: number): string {
  const id = parseSubmissionId(text);
  if (id === undefined) throw new Error(`${text} is no id`);
  return tokens.ofPurpose(purpose, id, number);
}

type App = ReturnType<typeof createApp>;

const aGateway = () =>
  gateways.aGateway({ call: aPanelCall({}, { attendance }), access: accessByName, isProved: true });

const right = 'ada@example.net';
const correction = { email: right, reason: 'It had a typing error.' };

const inPanel = (app: App) => openPanel(gateways, app);

const correct = (app: App, path: string, person = 'OLGA', content: object = correction) =>
  as(app, person, 'PUT', `${path}/speaker-address`, content);

async function inAcceptance(app: App) {
  const submitted = await inPanel(app);
  await as(app, 'OLGA', 'PUT', `${submitted.path}/decision`, accept);
  await as(app, 'OLGA', 'POST', '/announcements', { submissions: [submitted.id] });
  await poll(app, submitted.id, ({ status }) => status === 'Succeeded');
  return submitted;
}

const answerWith = (app: App, id: string, token: string) =>
  app.request(`/api/submissions/${id}/attendance`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ attendance: 'confirmed' }),
  });

const withdrawWith = (app: App, id: string, token: string) =>
  app.request(`/api/submissions/${id}`, { method: 'DELETE', headers: { Authorization: `Bearer ${token}` } });

/** Waits until the message is on record. */
async function mailOf(id: string, release: string, channel = 'email') {
  for (;;) {
    const message = await server.store.messages.find(messageIdIn(`${id}.${release}.${channel}`));
    if (message) return message.content.kind === 'speaker' ? message.content.fields : undefined;
    await delay(20);
  }
}

/** Presses the button on the page that a mail links to. */
const prove = (app: App, id: string, address: number, answer = 'mine') =>
  app.request(`/api/submissions/${id}/proof`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${purposeToken('proof', id, address)}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ answer }),
  });

const undo = (app: App, id: string, address: number) =>
  app.request(`/api/submissions/${id}/address-undo`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${purposeToken('undo', id, address)}` },
  });

describe('PUT /api/organiser/submissions/{id}/speaker-address', () => {
  test('H38: sends the answer again to the right address once it is proved, and tells both no more than that', async () => {
    const [answer, first, again, letters, pending, seen, audit] = await withWorker(server, async () => {
      const app = aGateway();
      const { id, path } = await inAcceptance(app);
      const first = await mailOf(id, 'accepted');
      const answer = await jsonOf(correct(app, path));
      await correct(app, path);
      const pending = await jsonOf(as(app, 'OLGA', 'GET', path));
      const letters = [await mailOf(id, 'address-proof'), await mailOf(id, 'address-changing')];
      expect(await (await prove(app, id, 1)).json()).toEqual({ speakerToken: tokenOf(id) });
      const again = await mailOf(id, 'accepted-2');
      letters.push(await mailOf(id, 'address-replaced'));
      const seen = await jsonOf(as(app, 'OLGA', 'GET', path));
      const { items } = await jsonOf(as(app, 'OLGA', 'GET', '/audit'));
      return [answer, first, again, letters, pending, seen, items];
    });

    expect(answer).toEqual(correction);
    expect(first).toMatchObject({ to: planted.email, answerBy: expect.any(String) });
    expect(again).toMatchObject({ to: right, answerBy: expect.any(String), generation: 1 });
    const nobodys = {
      ...{ call: { name: 'Test Conf', contact: 'programme@example.org' }, speaker: { name: '' }, title: '' },
      ...{ feedback: [], brokenRules: [], release: expect.anything() },
    };
    expect(letters).toEqual([
      { ...nobodys, to: right, number: 1, template: 'address-proof' },
      { ...nobodys, to: planted.email, template: 'address-changing', isToProved: true },
      { ...nobodys, to: planted.email, template: 'address-replaced', isToProved: true },
    ]);
    expect([pending, seen].map(({ submission }) => submission.speaker.email)).toEqual([planted.email, right]);
    expect(audit.filter(({ command }: { command: string }) => command === 'correct-address')).toMatchObject([
      { by: 'OLGA', reason: correction.reason },
    ]);
  });

  test('H30: ends the links that were sent before, and the one that is sent then stands', async () => {
    const [ended, stands] = await withWorker(server, async () => {
      const app = aGateway();
      const { id, path, speakerToken } = await inPanel(app);
      const accepted = await inAcceptance(app);
      for (const one of [path, accepted.path]) await correct(app, one);
      for (const one of [id, accepted.id]) await prove(app, one, 1);
      const ended = [
        await withdrawWith(app, id, speakerToken),
        await answerWith(app, accepted.id, accepted.speakerToken),
        await withdrawWith(app, id, tokenOf(accepted.id)),
      ];
      const stands = [
        await withdrawWith(app, id, tokenOf(id)),
        await answerWith(app, accepted.id, tokenOf(accepted.id)),
      ];
      return [await Promise.all(ended.map(problemOf)), stands.map(({ status }) => status)];
    });

    const [one] = ended;
    expect(one).toMatchObject({ status: 401 });
    for (const other of ended) expect({ ...other, instance: '' }).toEqual({ ...one, instance: '' });
    expect(stands).toEqual([202, 200]);
  });

  test('H38: the former address takes the talk back, and ends the links of the new one', async () => {
    const [answers, again, email] = await withWorker(server, async () => {
      const app = aGateway();
      const { id, path } = await inPanel(app);
      await correct(app, path);
      const { speakerToken } = await jsonOf(prove(app, id, 1));
      const back = await undo(app, id, 0);
      const again = await jsonOf(undo(app, id, 0));
      const answers = [
        await back.json(),
        (await withdrawWith(app, id, speakerToken)).status,
        (await prove(app, id, 1)).status,
        (await undo(app, id, 1)).status,
      ];
      return [answers, again, (await jsonOf(as(app, 'OLGA', 'GET', path))).submission.speaker.email];
    });

    expect(answers).toEqual([again, 401, 401, 401]);
    expect(email).toBe(planted.email);
  });

  test('is closed to who has a conflict of interest, by the old or by the new address', async () => {
    const [before, after, byNew] = await withWorker(server, async () => {
      const app = aGateway();
      const { path } = await inPanel(app);
      const byNew = await problemOf(await correct(app, path, 'MAX~max-at-example.net'));
      const before = await problemOf(await correct(app, path, 'EVA~eva-at-example.org'));
      await correct(app, path);
      const after = await problemOf(await as(app, 'EVA~eva-at-example.org', 'GET', path));
      return [before, after, byNew];
    });

    for (const problem of [before, after, byNew]) expect(problem).toMatchObject({ status: 403 });
  });

  test('is refused with what is wrong, and what to do', async () => {
    const [named, over] = await withWorker(server, async () => {
      const app = aGateway();
      const coSpeakers = [{ name: 'Bob', email: 'bob@example.net' }];
      const { path } = await openPanel(gateways, app, { coSpeakers });
      const named = await problemOf(await correct(app, path, 'OLGA', { ...correction, email: 'Bob@EXAMPLE.net' }));
      await as(app, 'OLGA', 'PUT', `${path}/decision`, { ...accept, outcome: 'rejected' });
      const id = path.replace('/submissions/', '');
      await as(app, 'OLGA', 'POST', '/announcements', { submissions: [id] });
      await poll(app, id, ({ status }) => status === 'Succeeded');
      return [named, await problemOf(await correct(app, path))];
    });

    expect(named).toMatchObject({
      status: 422,
      errors: [{ pointer: '/email', detail: 'is the address of a co-speaker' }],
    });
    expect(over).toMatchObject({ status: 409, detail: expect.stringContaining('resolve the message') });
  });
});

describe('PUT /api/organiser/submissions/{id}/deadline', () => {
  test('tells the speaker the new date for their answer', async () => {
    const due = '2098-03-01T17:00:00.000Z';

    const mail = await withWorker(server, async () => {
      const app = aGateway();
      const { id, path } = await inAcceptance(app);
      await as(app, 'OLGA', 'PUT', `${path}/deadline`, { due });
      return mailOf(id, 'deadline-moved');
    });

    expect(mail).toMatchObject({ to: planted.email, answerBy: 'Saturday, 1 March 2098 at 18:00 CET' });
  });
});

describe('PUT /api/organiser/messages/{id}/resolution of an acceptance', () => {
  test.each([
    ['resend', 'superseded', 'accepted-2'],
    ['delivered', 'sent', 'deadline-moved'],
    ['abandoned', 'abandoned', undefined],
  ])(
    'that bounced and so holds the clock: %s makes it %s, and the speaker has their whole time',
    async (resolution, state, told) => {
      const [bounced, held, answer, mail, runs] = await withWorker(server, async () => {
        const app = aGateway();
        const { id, handle } = await inAcceptance(app);
        const message = messageIdIn(`${id}.accepted.email`);
        const resolve = (resolution: string) =>
          jsonOf(as(app, 'OLGA', 'PUT', `/messages/${message}/resolution`, { resolution, reason: 'It says so.' }));
        const until = async (isIt: (attendance: Awaited<ReturnType<typeof read>>) => boolean) => {
          let attendance = await read();
          for (; !isIt(attendance); attendance = await read()) await delay(20);
          return attendance;
        };
        const read = async () => attendanceOf((await handle.query(recordQuery)).state);
        while ((await server.store.messages.find(message))?.state !== 'sent') await delay(20);
        const bounced = await resolve('bounced');
        const held = await until((one) => one !== undefined && 'isHeld' in one);
        await mailOf(id, 'undelivered', 'outbox');
        const answer = await resolve(resolution);
        const runs = await until((one) => one !== undefined && !('isHeld' in one));
        return [bounced, held, answer, told && (await mailOf(id, told)), runs];
      });

      expect([bounced.state, answer.state]).toEqual(['bounced', state]);
      expect(held).toHaveProperty('isHeld', true);
      expect(runs).toEqual({ answer: 'awaited', due: expect.any(String), reminders: [expect.any(String)] });
      expect(mail === undefined).toBe(told === undefined);
    },
  );
});

testThatHistoriesReplay(server, 9);
