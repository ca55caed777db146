import { describe, expect, test } from 'vitest';
import { initialState } from '../../../contract/initial-state.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import { createSpeakerTokens } from '../../../process/speaker-tokens.ts';
import { TemporalUnavailableError } from '../../../temporal/bounded-calls.ts';
import { anApp, aPort, firstAnswerSchema, post, problemOf, problemType, statusOf } from '../../support/app.ts';
import { anId, aRequest, publicUrl, speakerTokenKeys, tokens } from '../../support/fixtures.ts';
import { aState } from '../../support/records.ts';

type App = ReturnType<typeof anApp>['app'];

async function submitTo(app: App) {
  const { id, speakerToken } = firstAnswerSchema.parse(await (await post(app, aRequest())).json());
  return { id, speakerToken, path: `/api/submissions/${id}` };
}

const withdraw = (app: App, path: string, authorization?: string) =>
  app.request(path, { method: 'DELETE', ...(authorization ? { headers: { Authorization: authorization } } : {}) });

describe('DELETE /api/submissions/{id}', () => {
  test('H22, H7, H28: with the speaker token withdraws, and says where to look', async () => {
    const { app } = anApp();
    const { path, speakerToken } = await submitTo(app);

    const response = await withdraw(app, path, `Bearer ${speakerToken}`);
    const polled = await app.request(path);

    expect(response.status).toBe(202);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      location: publicUrl + path,
      'operation-location': publicUrl + path,
      'content-location': publicUrl + path,
      'retry-after': expect.stringMatching(/^[1-9]\d*$/),
      'cache-control': 'no-store',
    });
    expect(await statusOf(response)).toMatchObject({ status: 'Canceled' });
    expect(polled.status).toBe(200);
    expect(await statusOf(polled)).toMatchObject({ status: 'Canceled' });
  });

  test('H22: can be repeated, with the same answer', async () => {
    const { app } = anApp();
    const { path, speakerToken } = await submitTo(app);

    const [one, other] = [
      await withdraw(app, path, `bearer ${speakerToken}`),
      await withdraw(app, path, `Bearer ${speakerToken}`),
    ];

    expect([one.status, other.status]).toEqual([202, 202]);
    expect(await one.text()).toBe(await other.text());
  });

  test('H22: is refused once there is an outcome, which stays', async () => {
    const { app, started } = anApp();
    const { path, speakerToken } = await submitTo(app);
    for (const one of started.values())
      one.status = publicStatus(aState(initialState(one.input), { conclusion: { kind: 'rejected' } }));

    const response = await withdraw(app, path, `Bearer ${speakerToken}`);
    const polled = await statusOf(await app.request(path));

    expect(await problemOf(response)).toMatchObject({ type: problemType('submission-concluded'), status: 409 });
    expect(polled).toMatchObject({ status: 'Succeeded', result: { outcome: 'rejected' } });
  });

  test('H22, H26: without a worker to decide the race it is 503, which says that it may take effect later', async () => {
    const { app } = anApp();
    const { path, speakerToken } = await submitTo(app);
    const unavailable = async () => Promise.reject(new TemporalUnavailableError('no worker answers'));
    const { app: later } = anApp({ submissions: aPort({ withdraw: unavailable }) });

    const response = await withdraw(later, path, `Bearer ${speakerToken}`);

    expect(await problemOf(response)).toEqual({
      type: problemType('temporarily-unavailable'),
      title: 'The service is temporarily unavailable',
      status: 503,
      detail:
        'The change may have been made, or may still be made later: nothing is confirmed. Read the status, or send the same request again after Retry-After, with the same Idempotency-Key if it had one.',
    });
  });

  test('a poll that finds nobody is 503, and speaks of no change', async () => {
    const silent = { name: 'silent', read: async () => ({ kind: 'no-answer' as const, cause: new Error('down') }) };
    const { app } = anApp({ submissions: aPort({ source: silent }) });

    const response = await app.request(`/api/submissions/${anId(1)}`);

    expect(await problemOf(response)).toEqual({
      type: problemType('temporarily-unavailable'),
      title: 'The service is temporarily unavailable',
      status: 503,
    });
  });

  test('H12, H30: a missing, wrong, foreign or malformed token gets the same answer, for any id', async () => {
    const { app, started } = anApp();
    const [one, other] = [await submitTo(app), await submitTo(app)];
    const authorizations = [
      undefined,
      'Bearer',
      'Bearer nonsense',
      `Bearer ${other.speakerToken}`,
      `Bearer ${one.speakerToken}x`,
      `Bearer ${one.speakerToken.slice(0, -1)}`,
      `Bearer 2${one.speakerToken.slice(1)}`,
      `Bearer ${tokens.organiser}`,
      `Basic ${one.speakerToken}`,
      one.speakerToken,
    ];
    const paths = [one.path, `/api/submissions/${anId(9)}`, '/api/submissions/nonsense'];

    const answers = await Promise.all(
      paths.flatMap((path) =>
        authorizations.map(async (authorization) => {
          const response = await withdraw(app, path, authorization);
          const { 'x-request-id': _, ...headers } = Object.fromEntries(response.headers);
          return JSON.stringify([response.status, headers, await response.text()]);
        }),
      ),
    );

    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^\[401,.*"www-authenticate":"Bearer /);
    expect([...started.values()].map(({ status }) => status.status)).toEqual(['NotStarted', 'NotStarted']);
  });

  test('H12: a token in the path or the query is none', async () => {
    const { app } = anApp();
    const { path, speakerToken } = await submitTo(app);

    const codes = await Promise.all(
      [`${path}?access_token=${speakerToken}`, `${path}?speakerToken=${speakerToken}`, `${path}/${speakerToken}`].map(
        async (url) => (await withdraw(app, url)).status,
      ),
    );

    expect(codes).toEqual([401, 401, 404]);
  });
});

describe('the speaker token', () => {
  test('H12: is told by the submit alone, the same to its retry, and not derivable from the id', async () => {
    const { app, logged, started } = anApp();
    const headers = { 'Idempotency-Key': 'a-key' };
    const { app: otherKeys } = anApp({ speakerTokenKeys: [{ id: '1', secret: 'x'.repeat(32) }] });

    const first = firstAnswerSchema.parse(await (await post(app, aRequest(), headers)).json());
    const retry = firstAnswerSchema.parse(await (await post(app, aRequest(), headers)).json());
    const elsewhere = firstAnswerSchema.parse(await (await post(otherKeys, aRequest(), headers)).json());
    const polled = await app.request(`/api/submissions/${first.id}`);

    expect(retry).toEqual(first);
    expect(elsewhere.id).toBe(first.id);
    expect(elsewhere.speakerToken).not.toBe(first.speakerToken);
    const [, secret = ''] = first.speakerToken.split('.');
    expect(secret).toMatch(/^[\w-]{43}$/);
    for (const place of [await polled.text(), JSON.stringify([...polled.headers, logged, ...started.values()])])
      expect(place).not.toContain(secret);
  });

  test('H12: is made the same way for ever, since tokens outlive releases', () => {
    const { of } = createSpeakerTokens([{ id: '1', secret: 'k'.repeat(32) }]);

    expect(of(anId(1))).toBe('1.OSvMtrtxF3NUoM7l99-8qMkyaJBS2Z5ocg1yXihzWTA');
  });

  test('H12: outlives a change of the key, as long as the old one is kept', async () => {
    const changed = [{ id: '2', secret: 'z'.repeat(32) }, ...speakerTokenKeys];
    const { app, started } = anApp();
    const { path, speakerToken } = await submitTo(app);
    const submissions = aPort({
      withdraw: async (id) => {
        const status = started.get(id)?.status;
        return status ? { kind: 'withdrawn', status } : { kind: 'unknown' };
      },
    });

    const kept = await withdraw(anApp({ speakerTokenKeys: changed, submissions }).app, path, `Bearer ${speakerToken}`);
    const dropped = await withdraw(
      anApp({ speakerTokenKeys: changed.slice(0, 1), submissions }).app,
      path,
      `Bearer ${speakerToken}`,
    );

    expect([kept.status, dropped.status]).toEqual([202, 401]);
  });
});
