import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { createApp } from '../../../api/app.ts';
import type { Access } from '../../../api/people/access.ts';
import { problemOf, problemType } from '../../support/app.ts';
import { expectDocumented } from '../../support/documented.ts';
import { aRequest, aSlowCall } from '../../support/fixtures.ts';
import { useGateways } from '../../support/gateways.ts';
import { aPanelCall, attendance, scores } from '../../support/people.ts';
import { testThatHistoriesReplay, useDevServer, withWorker } from '../../support/temporal.ts';

const server = useDevServer();
const { aGateway, submitTo, poll, pathOf } = useGateways(server);

type App = ReturnType<typeof createApp>;
type Fields = Record<string, string>;

/** By their names: those in capitals are organisers. */
const access: Access = (name) => ({ name, role: name === name.toUpperCase() ? 'organiser' : 'reviewer' });

async function ask(
  app: App,
  token: string,
  method: string,
  url: string,
  fields: Fields = {},
  content?: object,
): Promise<Response> {
  const headers = { Authorization: `Bearer ${token}`, ...fields, 'Content-Type': 'application/json' };
  const body = content === undefined ? {} : { body: JSON.stringify(content) };
  const response = await app.request(url, { method, headers, ...body });
  // As a client does; a machine that is busy is not what is tested here.
  if (response.status === 503) return ask(app, token, method, url, fields, content);
  await expectDocumented(method, url, response.clone());
  return response;
}

const tagOf = ({ headers }: Response) => headers.get('ETag') ?? '';
const past = 'Sun, 06 Nov 1994 08:49:37 GMT';
const future = 'Fri, 31 Dec 2100 23:59:59 GMT';

describe('H34: DELETE /api/submissions/{id}', () => {
  const conditions: [string, (tag: string) => Fields, number][] = [
    ['If-Match of another', () => ({ 'If-Match': '"another"' }), 412],
    ['If-Match of nothing that is a tag', (tag) => ({ 'If-Match': `${tag}x` }), 412],
    ['If-Match of none', () => ({ 'If-Match': '' }), 412],
    ['If-Unmodified-Since before', () => ({ 'If-Unmodified-Since': past }), 412],
    ['If-Unmodified-Since before, in an old form', () => ({ 'If-Unmodified-Since': 'Sun Nov  6 08:49:37 1994' }), 412],
    ['If-None-Match of it', (tag) => ({ 'If-None-Match': tag }), 412],
    ['If-None-Match of whatever there is', () => ({ 'If-None-Match': '*' }), 412],
    ['If-Match of it, and If-None-Match of it', (tag) => ({ 'If-Match': tag, 'If-None-Match': tag }), 412],
    ['If-Match of another, and a date after it', () => ({ 'If-Match': '"a"', 'If-Unmodified-Since': future }), 412],
    ['If-Match of it', (tag) => ({ 'If-Match': `"another", ${tag}` }), 202],
    [
      'H35: If-Match of what a proxy has made of it',
      (tag) => ({ 'If-Match': `W/${tag.replace(/"$/, '-gzip"')}` }),
      202,
    ],
    ['If-Match of whatever there is', () => ({ 'If-Match': '*' }), 202],
    ['If-Match of it, whatever the date', (tag) => ({ 'If-Match': tag, 'If-Unmodified-Since': past }), 202],
    ['If-Unmodified-Since after', () => ({ 'If-Unmodified-Since': future }), 202],
    ['If-Unmodified-Since of no date', () => ({ 'If-Unmodified-Since': '1994-11-06' }), 202],
    ['If-None-Match of another', () => ({ 'If-None-Match': '"another"' }), 202],
    ['If-Modified-Since, which is for reading', () => ({ 'If-Modified-Since': future }), 202],
  ];

  test('is heard, and nothing is done unless it is met; to repeat it is no failure', async () => {
    const seen = await withWorker(server, () => {
      const app = aGateway({ call: aSlowCall('1h') });
      return Promise.all(
        conditions.map(async ([name, fields]) => {
          const { id, speakerToken } = await submitTo(app);
          const tag = tagOf(await poll(app, id, ({ stage }) => stage === 'moderation'));
          const answer = await ask(app, speakerToken, 'DELETE', pathOf(id), fields(tag));
          const problem = answer.status === 412 ? (await problemOf(answer)).type : undefined;
          const after = (await (await app.request(pathOf(id))).json()) as { status: string };
          const withdrawn = await ask(app, speakerToken, 'DELETE', pathOf(id));
          const again = await ask(app, speakerToken, 'DELETE', pathOf(id), fields(tag));
          return { name, code: answer.status, problem, after: after.status, codes: [withdrawn.status, again.status] };
        }),
      );
    });

    expect(seen).toEqual(
      conditions.map(([name, , code]) => ({
        name,
        code,
        problem: code === 412 ? problemType('precondition-failed') : undefined,
        after: code === 412 ? 'Running' : 'Canceled',
        codes: [202, 202],
      })),
    );
  });

  test('H22: what is over is refused as it would be without, and what the token is not for is, too', async () => {
    const [over, foreign] = await withWorker(server, async () => {
      const app = aGateway();
      const { id, speakerToken } = await submitTo(app);
      await poll(app, id, ({ status }) => status === 'Succeeded');
      return [
        await ask(app, speakerToken, 'DELETE', pathOf(id), { 'If-Match': '"another"' }),
        await ask(app, 'nobody', 'DELETE', pathOf(id), { 'If-Match': '"another"' }),
      ];
    });

    expect([over.status, foreign.status]).toEqual([409, 401]);
  });
});

describe('H34: what people do with a submission', () => {
  test('is done to what they have seen, by the tag of what they are shown', async () => {
    const erased: boolean[] = [];
    const seen = await withWorker(server, async () => {
      const app = aGateway({ call: aPanelCall({}, { attendance }), access });
      const { id, speakerToken } = await submitTo(app);
      await poll(app, id, ({ stage }) => stage === 'selection');
      const url = `/api/organiser/submissions/${id}`;
      while ((await ask(app, 'OLGA', 'GET', url)).status !== 200) await delay(20);
      const put = (who: string, what: string, tag: string, content: object) =>
        ask(app, who, 'PUT', `${url}/${what}`, { 'If-Match': tag }, content);
      const codes: Record<string, number[]> = {};

      const first = tagOf(await ask(app, 'rita', 'GET', url));
      const review = { scores, note: 'Fine.' };
      codes.review = [
        (await put('rita', 'review', '"another"', review)).status,
        (await put('rita', 'review', first, review)).status,
        // What was done is done, whatever it names; something else is something else.
        (await put('rita', 'review', first, review)).status,
        (await put('rita', 'review', first, { ...review, note: 'Not so fine.' })).status,
      ];

      const before = tagOf(await ask(app, 'OLGA', 'GET', url));
      await ask(app, 'rolf', 'PUT', `${url}/review`, {}, { abstains: true });
      const after = tagOf(await ask(app, 'OLGA', 'GET', url));
      const due = { due: '2099-01-01T00:00:00Z' };
      codes.deadline = [
        (await put('OLGA', 'deadline', before, due)).status,
        (await put('OLGA', 'deadline', after, due)).status,
      ];
      codes.deadline.push((await put('OLGA', 'deadline', after, { due: '2099-01-01T01:00:00+01:00' })).status);

      const decision = { stage: 'selection', outcome: 'passed', override: true, reason: 'Yes.' };
      const now = tagOf(await ask(app, 'OLGA', 'GET', url));
      codes.decision = [
        (await put('OLGA', 'decision', after, decision)).status,
        // What would be refused anyway has its own reason.
        (await put('OLGA', 'decision', after, { ...decision, stage: 'moderation' })).status,
        (await put('OLGA', 'decision', now, decision)).status,
        (await put('OLGA', 'decision', now, decision)).status,
      ];

      const closing = (fields: Fields) =>
        ask(app, 'OLGA', 'POST', '/api/organiser/announcements', fields, { submissions: [id] });
      codes.announcement = [
        (await closing({ 'If-Match': '*' })).status,
        (await closing({ 'If-None-Match': '*', 'Idempotency-Key': `announce-${id}` })).status,
        (await closing({ 'If-Match': '*', 'Idempotency-Key': `announce-${id}` })).status,
      ];

      const status = tagOf(await poll(app, id, ({ result }) => result?.attendance === 'awaited'));
      const answer = (tag: string, said: string) =>
        ask(app, speakerToken, 'PUT', `${pathOf(id)}/attendance`, { 'If-Match': tag }, { attendance: said });
      codes.attendance = [
        (await answer('"another"', 'declined')).status,
        (await answer(status, 'declined')).status,
        (await answer(status, 'declined')).status,
        (await answer(status, 'confirmed')).status,
      ];

      const over = async (): Promise<string> => {
        const answered = await ask(app, 'OLGA', 'GET', url);
        const isOnRecord = (await answered.clone().text()).includes('"attendance":"declined"');
        return isOnRecord ? tagOf(answered) : delay(50).then(over);
      };
      const last = await over();
      const reopen = (tag: string) =>
        ask(app, 'OLGA', 'POST', `${url}/reopening`, { 'If-Match': tag }, { reason: 'A mistake.' });
      codes.reopening = [(await reopen(now)).status, (await reopen(last)).status, (await reopen(now)).status];

      const erase = (tag: string) => ask(app, 'OLGA', 'DELETE', url, { 'If-Match': tag });
      const isTaken = async (tag: string) => (await erase(tag)).ok;
      erased.push(await isTaken(now), await isTaken(last), await isTaken(now));
      server.started.delete(`submission-${id}`);
      return codes;
    });

    expect(seen).toEqual({
      review: [412, 200, 200, 412],
      deadline: [412, 200, 200],
      decision: [412, 409, 200, 200],
      announcement: [412, 202, 202],
      attendance: [412, 200, 200, 409],
      reopening: [412, 202, 202],
    });
    expect(erased).toEqual([false, true, true]);
  });
});

test('H34: of five who have seen the same, at the same instant one is first, and the others are told', async () => {
  const codes = await withWorker(server, async () => {
    const app = aGateway({ call: aPanelCall(), access });
    const { id } = await submitTo(app);
    await poll(app, id, ({ stage }) => stage === 'selection');
    const url = `/api/organiser/submissions/${id}`;
    while ((await ask(app, 'rita', 'GET', url)).status !== 200) await delay(20);
    const tag = tagOf(await ask(app, 'rita', 'GET', url));

    const reviews = ['rita', 'rolf', 'rosa', 'ruth', 'remy'].map((who) =>
      ask(app, who, 'PUT', `${url}/review`, { 'If-Match': tag }, { scores }),
    );
    return (await Promise.all(reviews)).map(({ status }) => status);
  });

  expect(codes.sort()).toEqual([200, 412, 412, 412, 412]);
});

describe('H34: POST /api/submissions', () => {
  test('has nothing to match; a retry of what was taken is answered', async () => {
    const app = aGateway();
    const submit = (fields: Fields) => ask(app, 'nobody', 'POST', '/api/submissions', fields, aRequest());
    const key = { 'Idempotency-Key': '9a7c1f0e-0d2b-4b5e-8f0a-1c3d5e7f9b11' };

    const codes: number[] = [];
    for (const fields of [{ 'If-Match': '*' }, { 'If-None-Match': '*', ...key }, { 'If-Match': '"another"', ...key }])
      codes.push((await submit(fields)).status);

    expect(codes).toEqual([412, 202, 202]);
  });
});

testThatHistoriesReplay(server, 10);
