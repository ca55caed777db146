import { describe, expect, test } from 'vitest';
import { problems } from '../../../api/http/problems.ts';
import { initialState } from '../../../contract/initial-state.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import type { Conclusion } from '../../../contract/record.ts';
import { anApp, aPort, post, problemOf, statusOf, submittedOf } from '../../support/app.ts';
import { anId, anInput, aRequest, publicUrl } from '../../support/fixtures.ts';
import { aState } from '../../support/records.ts';

const createdAt = '2026-11-01T12:00:00.000Z';

/** The app with one submission in it, `anId(1)`, that came to this conclusion. */
function anAppWith(conclusion?: Conclusion) {
  const status = publicStatus(
    aState(initialState(anInput({ id: anId(1), createdAt })), {
      stage: 'selection',
      ...(conclusion ? { conclusion } : {}),
    }),
  );
  const source = { name: 'one', read: async () => ({ kind: 'found', status }) as const };
  const { app } = anApp({
    submissions: aPort({ source }),
  });
  return { app, status };
}

const url = `/api/submissions/${anId(1)}`;

describe('GET /api/submissions/{id}', () => {
  test('H7, H8, H14, H28: 202 while it runs, with where and when to ask again', async () => {
    const { app, status } = anAppWith();

    const response = await app.request(url, { headers: { Host: 'evil.example', Forwarded: 'host=evil.example' } });

    expect(response.status).toBe(202);
    expect(await statusOf(response)).toEqual(status);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/json',
      location: publicUrl + url,
      'operation-location': publicUrl + url,
      'content-location': publicUrl + url,
      'retry-after': expect.stringMatching(/^[1-9]\d*$/),
      'cache-control': 'private, no-cache, no-transform',
      'x-content-type-options': 'nosniff',
    });
  });

  test.each<Conclusion>([
    { kind: 'accepted' },
    { kind: 'rejected' },
    { kind: 'withdrawn' },
    { kind: 'failed', error: 'processing-failed' },
  ])('H14, H26: 200 when it is terminal ($kind), without Retry-After and Location', async (conclusion) => {
    const { app, status } = anAppWith(conclusion);

    const response = await app.request(url);

    expect(response.status).toBe(200);
    expect(await statusOf(response)).toEqual(status);
    for (const header of ['Retry-After', 'Location', 'Operation-Location'])
      expect(response.headers.get(header)).toBeNull();
  });

  test('H9: right after the submit it is there', async () => {
    const { app } = anApp();
    const submitted = await post(app, aRequest());

    const polled = await app.request(submitted.headers.get('Location')?.replace(publicUrl, '') ?? '');

    expect(polled.status).toBe(202);
    expect(await statusOf(polled)).toEqual(await submittedOf(submitted));
  });

  test('H15: unknown, malformed and foreign ids get byte-identical answers', async () => {
    const { app } = anApp();
    const ids = [
      anId(7),
      anId(7).toUpperCase(),
      'a',
      '..%2f..%2fetc',
      '%00',
      '%E0%A4%A',
      'submission-1',
      '0f8fad5b-d9cb-469f-a165-70867728950e',
      'x'.repeat(2_000),
      `${anId(7)}%20`,
      encodeURIComponent("' OR 1=1 --"),
    ];

    const answers = await Promise.all(
      ids.map(async (id) => {
        const response = await app.request(`/api/submissions/${id}`);
        const { 'x-request-id': _, ...headers } = Object.fromEntries(response.headers);
        return JSON.stringify([response.status, headers, await response.text()]);
      }),
    );

    expect(answers[0]).toContain('[404,');
    expect(new Set(answers).size).toBe(1);
  });

  test('H16, H26: 503 with Retry-After when no source answers', async () => {
    const silent = { name: 'silent', read: async () => Promise.reject(new Error('down')) };
    const { app, logged } = anApp({
      submissions: aPort({ source: silent }),
    });

    const response = await app.request(url);

    expect(await problemOf(response)).toMatchObject({ status: 503 });
    expect(response.headers.get('Retry-After')).toMatch(/^[1-9]\d*$/);
    expect(logged).toHaveLength(1);
  });

  test('H20: HEAD has the same headers as GET, and no body', async () => {
    const { app } = anAppWith({ kind: 'accepted' });

    const [get, head] = [await app.request(url), await app.request(url, { method: 'HEAD' })];

    const headersOf = (response: Response) => ({ ...Object.fromEntries(response.headers), 'x-request-id': '' });
    expect(head.status).toBe(get.status);
    expect(headersOf(head)).toEqual(headersOf(get));
    expect(get.headers.get('Content-Length')).toBe(String((await get.text()).length));
    expect(await head.text()).toBe('');
  });
});

describe('other methods and paths', () => {
  test.each(['GET', 'HEAD'])('H24: %s changes nothing, whatever it says', async (method) => {
    const { app, started } = anApp();
    const { id } = await submittedOf(await post(app, aRequest()));
    const before = JSON.stringify([...started]);

    await app.request(`/api/submissions/${id}?_method=DELETE`, {
      method,
      headers: { 'X-HTTP-Method-Override': 'DELETE' },
    });
    await app.request('/api/submissions?title=x', { method });

    expect(JSON.stringify([...started])).toBe(before);
  });

  test.each([
    ['GET', '/api/submissions', 'POST'],
    ['PUT', '/api/submissions', 'POST'],
    ['POST', url, 'DELETE, GET, HEAD'],
    ['PATCH', url, 'DELETE, GET, HEAD'],
    ['TRACE', url, 'DELETE, GET, HEAD'],
    ['PUT', '/api/submissions/nonsense', 'DELETE, GET, HEAD'],
  ])('H20: %s %s: 405 with Allow', async (method, path, allow) => {
    const { app } = anApp();

    const response = await app.fetch(
      Object.defineProperty(new Request(`http://any.example${path}`), 'method', { value: method }),
    );

    expect(await problemOf(response)).toMatchObject({ status: 405 });
    expect(response.headers.get('Allow')?.split(', ').sort().join(', ')).toBe(allow);
  });

  test.each(['/api', '/api/submissions/', `${url}/more`, '/favicon.ico'])('H25: %s: a 404 problem', async (path) => {
    const { app } = anApp();

    expect(await problemOf(await app.request(path))).toMatchObject({
      status: 404,
      title: problems['not-found'].title,
    });
  });

  test('H25: every answer has a request id; a sane one of the client is kept', async () => {
    const { app } = anApp();
    const idFor = async (id: string) =>
      (await app.request('/', { headers: { 'X-Request-Id': id } })).headers.get('X-Request-Id');

    expect(await idFor('from-the-client')).toBe('from-the-client');
    expect(await idFor('no id, with "quotes"')).toMatch(/^[0-9a-f-]{36}$/);
  });
});
