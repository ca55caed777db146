import { describe, expect, test } from 'vitest';
import { anApp, aPort, post, problemOf, problemType, statusOf, submittedOf } from '../support/app.ts';
import { aCall, aRequest } from '../support/fixtures.ts';

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
