import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { submittedDocumentSchema } from '../../../contract/http/status.ts';
import { anApp, aPort, post, problemOf, problemType, statusOf, submittedOf } from '../../support/app.ts';
import { aCall, aRequest, planted } from '../../support/fixtures.ts';

describe('Idempotency-Key', () => {
  test('H10: the same key and the same JSON value give the same id, in any order and spacing, quoted or bare', async () => {
    const { app, started } = anApp();
    const { title, ...rest } = aRequest();

    const answers = await Promise.all([
      post(app, { title, ...rest }, { 'Idempotency-Key': 'a-key' }),
      post(app, JSON.stringify({ ...rest, title }, null, 2), { 'Idempotency-Key': '"a-key"' }),
    ]);

    const [one, other] = await Promise.all(answers.map(submittedOf));
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(one).toEqual(other);
    expect(started.size).toBe(1);
  });

  test("H10: a retry is answered still when the call's file has changed", async () => {
    const earlier = anApp();
    const first = await post(earlier.app, aRequest(), { 'Idempotency-Key': 'a-key' });
    const { app } = anApp({
      call: aCall({ tracks: ['data'] }),
      submissions: aPort({ find: async (id) => earlier.started.get(id) }),
    });

    const retry = await post(app, aRequest(), { 'Idempotency-Key': 'a-key' });
    const other = await post(app, aRequest({ title: 'Another' }), { 'Idempotency-Key': 'a-key' });
    const deep = await post(app, `${'['.repeat(30_000)}${']'.repeat(30_000)}`, { 'Idempotency-Key': 'a-key' });
    const infinite = await post(app, '{"title":1e400}', { 'Idempotency-Key': 'a-key' });

    expect(await submittedOf(retry)).toEqual(await submittedOf(first));
    expect([retry, other, deep, infinite].map(({ status }) => status)).toEqual([202, 422, 422, 422]);
  });

  test('H2, H14: a poll right after a retry finds no older status than the retry told', async () => {
    const { app, started } = anApp();
    const { id } = await submittedOf(await post(app, aRequest(), { 'Idempotency-Key': 'a-key' }));
    for (const submission of started.values()) submission.status = { ...submission.status, status: 'Canceled' };

    const response = await post(app, aRequest(), { 'Idempotency-Key': 'a-key' });
    const retry = await submittedOf(response);
    const polled = await app.request(`/api/submissions/${id}`);

    expect(response.headers.get('Retry-After')).toBe('2');
    expect(retry.status).toBe('Canceled');
    expect(polled.status).toBe(200);
    expect(await statusOf(polled)).toEqual(retry);
  });

  test('H10: gives another id under another secret, and for another key', async () => {
    const other = anApp({ idSecret: 'another-secret-of-32-characters-or-more' });
    const { app } = anApp();

    const ids = [
      await submittedOf(await post(app, aRequest(), { 'Idempotency-Key': 'a' })),
      await submittedOf(await post(app, aRequest(), { 'Idempotency-Key': 'b' })),
      await submittedOf(await post(other.app, aRequest(), { 'Idempotency-Key': 'a' })),
    ].map(({ id }) => id);

    expect(new Set(ids).size).toBe(3);
  });

  test('H10: another payload under the same key is refused', async () => {
    const { app, started } = anApp();
    await post(app, aRequest(), { 'Idempotency-Key': 'a-key' });

    const response = await post(app, aRequest({ title: 'Another talk' }), { 'Idempotency-Key': 'a-key' });

    expect(await problemOf(response)).toMatchObject({ type: problemType('idempotency-key-reused'), status: 422 });
    expect(started.size).toBe(1);
  });

  test('H6, H10: an invalid submission under a key starts nothing, and leaves the key free', async () => {
    const { app } = anApp();

    const invalid = await post(app, { title: 'x' }, { 'Idempotency-Key': 'a-key' });
    const valid = await post(app, aRequest(), { 'Idempotency-Key': 'a-key' });

    expect([invalid.status, valid.status]).toEqual([422, 202]);
  });

  const withAddress = (email: string) => aRequest({ speaker: { name: 'Ada', email } });

  test.each(['rival@example.org', 'PLANTED-email@example.org', ` ${planted.email}`])(
    'H10: the key of somebody else with the address %j is another submission, and tells nothing of theirs',
    async (email) => {
      const { app, started } = anApp();
      const theirs = await submittedOf(await post(app, aRequest(), { 'Idempotency-Key': 'guessed' }));
      const { app: untouched } = anApp({ now: () => new Date(theirs.createdAt) });

      const other = await post(app, withAddress(email), { 'Idempotency-Key': 'guessed' });
      const unused = await post(untouched, withAddress(email), { 'Idempotency-Key': 'guessed' });

      const { id } = await submittedOf(other.clone());
      expect([other.status, unused.status]).toEqual([202, 202]);
      expect(id).not.toBe(theirs.id);
      expect((await submittedOf(unused)).id).toBe(id);
      expect(started.size).toBe(2);
    },
  );

  test('H12: a retry is told the speaker token for 24 hours, and the status alone after that', async () => {
    let now = new Date('2026-11-01T12:00:00.000Z');
    const { app } = anApp({ now: () => now });
    const headers = { 'Idempotency-Key': 'a-key' };
    const first = submittedDocumentSchema.parse(await (await post(app, aRequest(), headers)).json());

    now = new Date('2026-11-02T11:59:59.999Z');
    const inTime = submittedDocumentSchema.parse(await (await post(app, aRequest(), headers)).json());
    now = new Date('2026-11-02T12:00:00.000Z');
    const late = await post(app, aRequest(), headers);

    const { speakerToken, ...status } = first;
    expect(speakerToken).toMatch(/./);
    expect(inTime).toEqual(first);
    expect(late.status).toBe(202);
    expect(await late.text()).toBe(JSON.stringify(status));
    expect(JSON.stringify([...late.headers])).not.toContain(speakerToken);
  });

  test('H12: whoever rebuilds the request after the call has closed is told the status alone, too', async () => {
    let now = new Date('2027-01-31T23:59:59.999Z');
    const { app } = anApp({ call: aCall({ closes: '2027-02-01T00:00:00Z' }), now: () => now });
    const headers = { 'Idempotency-Key': 'a-key' };
    await post(app, aRequest(), headers);

    now = new Date('2027-02-02T00:00:00Z');
    const late = await post(app, aRequest(), headers);

    expect(late.status).toBe(202);
    expect(await late.json()).not.toHaveProperty('speakerToken');
  });

  test('H15: the retry of what was erased is 410, also when the call has closed', async () => {
    const { app } = anApp({
      call: aCall({ closes: '2021-01-01T00:00:00Z' }),
      submissions: aPort({ find: async () => 'erased' }),
    });

    const response = await post(app, aRequest(), { 'Idempotency-Key': 'a-key' });

    expect(await problemOf(response)).toMatchObject({ type: problemType('erased'), status: 410 });
  });

  test('H6: a body without an address is refused as such, whatever the key', async () => {
    const { app } = anApp();
    await post(app, aRequest(), { 'Idempotency-Key': 'a-key' });

    const answers = await Promise.all(
      [aRequest({ speaker: { name: 'Ada' } }), aRequest({ speaker: 7 }), [], null].map(async (content) =>
        problemOf(await post(app, content, { 'Idempotency-Key': 'a-key' })),
      ),
    );

    expect(answers.map(({ type }) => type)).toEqual(answers.map(() => problemType('invalid-submission')));
  });

  test('the key is in no answer, no log, and nothing that is kept', async () => {
    const key = 'k-3b0c1f5e-secret';
    const broken = anApp({ submissions: aPort({ start: async () => Promise.reject(new Error('a defect')) }) });
    const { app, started, logged } = anApp();

    const answers = [
      await post(app, aRequest(), { 'Idempotency-Key': key }),
      await post(app, aRequest({ title: 'Another' }), { 'Idempotency-Key': key }),
      await post(app, '{}', { 'Idempotency-Key': key }),
      await post(app, aRequest(), { 'Idempotency-Key': `${key} ` }),
      await post(app, aRequest(), { 'Idempotency-Key': `${key} \u00e9` }),
      await post(broken.app, aRequest(), { 'Idempotency-Key': key }),
    ];

    const said = await Promise.all(answers.map(async (one) => JSON.stringify([...one.headers]) + (await one.text())));
    expect(answers.map(({ status }) => status)).toEqual([202, 422, 422, 202, 400, 500]);
    for (const text of [...said, JSON.stringify([...started]), inspect([...logged, ...broken.logged], { depth: 9 })])
      expect(text).not.toContain(key);
  });

  test.each(['', '""', '"', 'with space', '"open', 'a"b', '"a"b"', 'x'.repeat(256), 'a, b', 'key\u00e9'])(
    'H10: %j is no key: 400',
    async (key) => {
      const { app, started } = anApp();

      const response = await post(app, aRequest(), { 'Idempotency-Key': key });

      expect(await problemOf(response)).toMatchObject({ type: problemType('invalid-idempotency-key'), status: 400 });
      expect(started.size).toBe(0);
    },
  );

  test.each(['x'.repeat(255), '!', '~', '"\\"\\\\"', 'a:b/c?d'])('H10: %j is a key', async (key) => {
    const { app } = anApp();

    expect((await post(app, aRequest(), { 'Idempotency-Key': key })).status).toBe(202);
  });
});
