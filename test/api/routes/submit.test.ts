import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { atATime } from '../../../api/limits/admission.ts';
import { noLimits } from '../../../api/limits/limits.ts';
import { initialState } from '../../../contract/initial-state.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import type { SubmissionInput } from '../../../contract/workflow/submission-input.ts';
import { TemporalUnavailableError } from '../../../temporal/bounded-calls.ts';
import type { Started } from '../../../temporal/submissions/start-submission.ts';
import { anApp, aPort, firstAnswerSchema, post, problemOf, problemType, submittedOf } from '../../support/app.ts';
import { aCall, anInput, aRequest, planted, publicUrl } from '../../support/fixtures.ts';
import { aState } from '../../support/records.ts';

describe('POST /api/submissions', () => {
  test('H7, H8, H28: 202 with the same absolute URL in three headers, and a pace', async () => {
    const { app } = anApp();

    const response = await post(app, aRequest(), {
      Host: 'evil.example',
      'X-Forwarded-Host': 'evil.example',
      Forwarded: 'host=evil.example',
    });

    const body = await submittedOf(response);
    const url = `${publicUrl}/api/submissions/${body.id}`;
    expect(response.status).toBe(202);
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      status: 'NotStarted',
      stage: 'received',
      createdAt: expect.stringMatching(/Z$/),
      lastUpdatedAt: body.createdAt,
      progress: { completed: 0, total: 3 },
    });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/json',
      location: url,
      'operation-location': url,
      'content-location': url,
      'retry-after': expect.stringMatching(/^[1-9]\d*$/),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    });
  });

  test.each([
    ['Content-Type', 'application/json; charset=utf8'],
    ['Content-Type', 'Application/JSON ;Charset="UTF-8"'],
    ['Content-Type', 'application/json;charset=us-ascii'],
    ['Content-Encoding', 'identity'],
    ['Content-Encoding', 'Identity, identity'],
    ['Content-Encoding', ''],
  ])('takes what is JSON in UTF-8, in other words: %s: %s', async (name, value) => {
    const { app } = anApp();

    expect((await post(app, aRequest(), { [name]: value })).status).toBe(202);
  });

  test('keeps the text as it came, but trimmed and in NFC', async () => {
    const { app, started } = anApp();

    await post(app, aRequest({ title: '  Cafe\u0301 — a talk\u00a0 ', track: 'data' }));

    const [first] = started.values();
    expect(first?.input.submission).toMatchObject({ title: 'Café — a talk', track: 'data', format: 'talk' });
  });

  test('H11: ids are 128 random bits, and no two are the same', async () => {
    const { app } = anApp();

    const ids = await Promise.all(
      Array.from({ length: 50 }, async () => (await submittedOf(await post(app, aRequest()))).id),
    );

    expect(new Set(ids).size).toBe(50);
    // Each bit is set in some of them, and not in others: a counter, or a time, would leave the upper ones as they are.
    const bits = ids.map((id) => BigInt(`0x${id}`));
    expect(bits.reduce((one, other) => one | other)).toBe(2n ** 128n - 1n);
    expect(bits.reduce((one, other) => one & other)).toBe(0n);
  });

  describe('H6: refuses, and starts nothing for', () => {
    test.each([
      ['no JSON at all', '', 400, 'malformed-json'],
      ['half of a JSON text', '{"title": ', 400, 'malformed-json'],
      ['a JSON text that is not in UTF-8', Uint8Array.from([0x22, 0xff, 0x22]), 400, 'malformed-json'],
      ['many brackets', '['.repeat(60_000), 400, 'malformed-json'],
      ['a JSON value that is no object', '[]', 422, 'invalid-submission'],
      ['null', 'null', 422, 'invalid-submission'],
    ])('%s', async (_, content, status, code) => {
      const { app, started } = anApp();

      const response = await post(app, content);

      expect(await problemOf(response)).toMatchObject({ type: problemType(code), status });
      expect(started.size).toBe(0);
    });

    test.each([
      ['none', undefined],
      ['text', 'text/plain'],
      ['a form', 'application/x-www-form-urlencoded'],
      ['a problem', 'application/problem+json'],
      ['another charset', 'application/json; charset=latin1'],
      ['nonsense', ';;;'],
    ])('a Content-Type of %s', async (_, contentType) => {
      const { app, started } = anApp();
      const body = new Blob([JSON.stringify(aRequest())]);

      const response = await app.request('/api/submissions', {
        method: 'POST',
        body,
        ...(contentType ? { headers: { 'Content-Type': contentType } } : {}),
      });

      expect(await problemOf(response)).toMatchObject({ type: problemType('unsupported-media-type'), status: 415 });
      expect(response.headers.get('Accept')).toBe('application/json');
      expect(response.headers.get('Accept-Encoding')).toBeNull();
      expect(started.size).toBe(0);
    });

    test.each(['gzip', 'br, identity', 'identity, x', 'identity;q=1', 'identit\u00ff'])(
      'content in another coding (%j), which says that it is the coding',
      async (coding) => {
        const { app, started } = anApp();

        const response = await post(app, aRequest(), { 'Content-Encoding': coding });

        expect(await problemOf(response)).toMatchObject({ type: problemType('unsupported-media-type'), status: 415 });
        expect(response.headers.get('Accept-Encoding')).toBe('identity');
        expect(response.headers.get('Accept')).toBeNull();
        expect(started.size).toBe(0);
      },
    );

    test('more than 64 KiB, whether its length is said or not', async () => {
      const { app, started } = anApp();
      const content = JSON.stringify(aRequest({ notes: 'x'.repeat(65_536) }));
      const stream = new Blob([content]).stream();

      const said = await post(app, content, { 'Content-Length': String(content.length) });
      const unsaid = await app.request('/api/submissions', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: stream,
        duplex: 'half',
      } as RequestInit);

      expect(await problemOf(said)).toMatchObject({ type: problemType('content-too-large'), status: 413 });
      expect(await problemOf(unsaid)).toMatchObject({ type: problemType('content-too-large'), status: 413 });
      expect(started.size).toBe(0);
    });

    test('violations of the schema, all of them at once, each with its JSON Pointer', async () => {
      const { app, started } = anApp();

      const response = await post(app, {
        title: '\u200b',
        track: 'gardening',
        speaker: { name: '', email: 'nobody', age: 7 },
        format: 7,
        links: ['ftp://example.org'],
        'un/known~': true,
      });

      const { errors, ...problem } = await problemOf(response);
      expect(problem).toEqual({
        type: problemType('invalid-submission'),
        title: 'The submission is not valid',
        status: 422,
      });
      expect(Object.fromEntries((errors ?? []).map(({ pointer, detail }) => [pointer, detail]))).toEqual({
        '/title': 'must have at least 1 visible character',
        '/description': 'is required',
        '/track': 'must be one of: web, data',
        '/speaker/name': 'must not be empty',
        '/speaker/email': 'must be an e-mail address, like ada@example.org',
        '/speaker/age': 'is not a known property',
        '/format': 'must be one of: talk, workshop',
        '/links/0': 'must be an http or https URL',
        '/un~1known~0': 'is not a known property',
      });
      expect(started.size).toBe(0);
    });

    test.each([
      ['a lone surrogate', '"\\ud800 and so on"'],
      ['a NUL', '"a \\u0000 b"'],
      ['a line break', '"a title\\nX-Header: yes"'],
      ['nothing but spaces', '"     "'],
      ['201 characters', JSON.stringify('x'.repeat(201))],
    ])('a title with %s', async (_, title) => {
      const { app, started } = anApp();
      const { title: __, ...rest } = aRequest();

      const response = await post(app, `{"title":${title},${JSON.stringify(rest).slice(1)}`);

      expect((await problemOf(response)).errors).toEqual([{ pointer: '/title', detail: expect.any(String) }]);
      expect(started.size).toBe(0);
    });

    test('a list of thousands, without an answer that is larger than the request', async () => {
      const { app } = anApp();
      const content = JSON.stringify(aRequest({ coSpeakers: Array.from({ length: 20_000 }, () => 0) }));

      const response = await post(app, content);

      const text = await response.text();
      expect(response.status).toBe(422);
      expect(text.length).toBeLessThan(content.length);
      expect(text).toContain('/coSpeakers');
    });

    test('a __proto__ property, as any other unknown one', async () => {
      const { app } = anApp();

      const response = await post(app, `{"__proto__": {}, ${JSON.stringify(aRequest()).slice(1)}`);

      expect((await problemOf(response)).errors).toEqual([
        { pointer: '/__proto__', detail: 'is not a known property' },
      ]);
    });
  });

  test('counts characters, not UTF-16 units', async () => {
    const { app } = anApp();

    expect((await post(app, aRequest({ title: '🐢'.repeat(200) }))).status).toBe(202);
    expect((await post(app, aRequest({ title: '🐢'.repeat(201) }))).status).toBe(422);
  });

  test('asks for consent to the texts of the call, in its current version', async () => {
    const call = aCall({ consents: [{ id: 'code-of-conduct', version: '2', text: 'Be kind.' }] });
    const { app } = anApp({ call });

    const missing = await post(app, aRequest());
    const outdated = await post(app, aRequest({ consents: { 'code-of-conduct': '1' } }));
    const given = await post(app, aRequest({ consents: { 'code-of-conduct': '2' } }));

    expect((await problemOf(missing)).errors).toEqual([{ pointer: '/consents', detail: 'is required' }]);
    expect((await problemOf(outdated)).errors).toEqual([
      { pointer: '/consents/code-of-conduct', detail: 'must be "2", the current version' },
    ]);
    expect(given.status).toBe(202);
  });
});

describe('a call that is closed', () => {
  const [opens, closes] = ['2027-01-01T00:00:00Z', '2027-02-01T00:00:00Z'];
  const call = aCall({ opens, closes });

  test.each([
    ['before its opening', '2026-12-31T23:59:59.999Z', 'call-not-open'],
    ['from its closing on', closes, 'call-closed'],
  ])('%s: 403 with both instants, and nothing is started', async (_, now, code) => {
    const { app, started } = anApp({ call, now: () => new Date(now) });

    const response = await post(app, aRequest(), { 'Idempotency-Key': 'one' });

    expect(await problemOf(response)).toMatchObject({ type: problemType(code), status: 403, opens, closes });
    expect(started.size).toBe(0);
  });

  test('still answers the retry of what arrived in time', async () => {
    let now = '2027-01-31T23:59:59.999Z';
    const { app, started } = anApp({ call, now: () => new Date(now) });
    const first = await post(app, aRequest(), { 'Idempotency-Key': 'one' });

    now = closes;
    const retry = await post(app, aRequest(), { 'Idempotency-Key': 'one' });
    const other = await post(app, aRequest({ title: 'Another' }), { 'Idempotency-Key': 'one' });

    expect(retry.status).toBe(202);
    expect(await submittedOf(retry)).toEqual(await submittedOf(first));
    expect(other.status).toBe(403);
    expect(started.size).toBe(1);
  });

  test.each([opens, '2027-01-31T23:59:59.999Z'])('is open at %s', async (now) => {
    const { app } = anApp({ call, now: () => new Date(now) });

    expect((await post(app, aRequest())).status).toBe(202);
  });
});

describe('Temporal out of reach', () => {
  const unavailable = async () => {
    throw new TemporalUnavailableError('secret-host:7233 is down');
  };

  test('H13, H26: 503 with Retry-After, and never a 202; the cause goes to the log, with the request id', async () => {
    const { app, logged } = anApp({ submissions: aPort({ start: unavailable, find: unavailable }) });

    const response = await post(app, aRequest());

    expect(response.headers.get('Retry-After')).toMatch(/^[1-9]\d*$/);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(await problemOf(response)).toEqual({
      type: problemType('temporarily-unavailable'),
      title: 'The service is temporarily unavailable',
      status: 503,
      detail: expect.stringContaining('The change may have been made, or may still be made later'),
    });
    expect(logged).toEqual([
      { err: expect.any(TemporalUnavailableError), requestId: response.headers.get('X-Request-Id') },
    ]);
  });
});

describe('more submits at once than Temporal takes in time', () => {
  test('H13, H26: the surplus is told at once that nothing was started; who withdraws does not wait', async () => {
    let isBusy = false;
    const starts: SubmissionInput[] = [];
    const start = async (input: SubmissionInput): Promise<Started> => {
      if (isBusy) await new Promise(() => starts.push(input));
      return { kind: 'started', status: publicStatus(initialState(input)) };
    };
    const withdrawn = publicStatus(aState(initialState(anInput()), { conclusion: { kind: 'withdrawn' } }));
    const withdraw = async () => ({ kind: 'withdrawn' as const, status: withdrawn });
    const { app, logged } = anApp({ limits: noLimits, submissions: aPort({ start, withdraw }) });
    const { id, speakerToken } = firstAnswerSchema.parse(await (await post(app, aRequest())).json());
    isBusy = true;

    const submits = Array.from({ length: 40 * atATime }, () => post(app, aRequest()));
    const surplus = await Promise.race(submits);
    const headers = { Authorization: `Bearer ${speakerToken}` };
    const change = await app.request(`/api/submissions/${id}`, { method: 'DELETE', headers });

    expect(surplus.headers.get('Retry-After')).toMatch(/^[1-9]\d?$/);
    expect(await problemOf(surplus)).toMatchObject({
      status: 503,
      detail: expect.stringContaining('Nothing was started'),
    });
    expect(starts).toHaveLength(atATime);
    expect(change.status).toBe(202);
    expect(logged).toEqual([]);
  });
});

test('H6: what no call would take is refused as such while Temporal is out of reach, under a key too', async () => {
  const unavailable = async () => Promise.reject(new TemporalUnavailableError('down'));
  const { app } = anApp({ submissions: aPort({ start: unavailable, find: unavailable }) });

  const response = await post(app, '{}', { 'Idempotency-Key': 'a-key' });

  expect(await problemOf(response)).toMatchObject({ status: 422 });
});

test('H25: an error of ours goes to the log also when the client has gone away', async () => {
  const { app, logged } = anApp({ submissions: aPort({ start: async () => Promise.reject(new Error('a defect')) }) });
  const leaving = new AbortController();

  const answer = app.request('/api/submissions', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(aRequest()),
    signal: leaving.signal,
  });
  leaving.abort();
  await answer;

  expect(logged).toMatchObject([{ err: { message: 'a defect' } }]);
});

test('H25, H4: an error of ours is a 500 without its reason, which goes to the log', async () => {
  const broken = async () => {
    throw new Error('secret-reason');
  };
  const { app, logged } = anApp({ submissions: aPort({ start: broken, find: broken }) });

  const response = await post(app, aRequest());

  expect(await problemOf(response)).toEqual({
    type: problemType('internal-error'),
    title: 'Something went wrong on our side',
    status: 500,
  });
  expect(response.headers.get('Retry-After')).toBeNull();
  expect(logged).toMatchObject([{ err: { message: 'secret-reason' } }]);
});

test('H4: nothing of the speaker is in the answer to a submit, or in a header of it', async () => {
  const { app } = anApp();

  const response = await post(app, aRequest());

  const all = JSON.stringify([...response.headers]) + (await response.text());
  for (const word of Object.values(planted)) expect(all).not.toContain(word);
});

test('any JSON is answered by a 202 or by a problem, never by a 5xx', async () => {
  const { app } = anApp();
  const almost = fc.record(
    {
      title: fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.jsonValue()),
      description: fc.oneof(fc.string({ minLength: 20 }), fc.jsonValue()),
      track: fc.oneof(fc.constant('web'), fc.jsonValue()),
      speaker: fc.oneof(fc.record({ name: fc.string(), email: fc.emailAddress() }), fc.jsonValue()),
      language: fc.oneof(fc.string(), fc.constantFrom('en', 'pt-BR', 'x')),
      links: fc.array(fc.oneof(fc.webUrl(), fc.string())),
    },
    { requiredKeys: [] },
  );

  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.jsonValue(), almost), fc.string({ unit: 'binary-ascii' }), async (content, key) => {
      const headers: Record<string, string> = /^[\x20-\x7e]*$/.test(key) ? { 'Idempotency-Key': key } : {};
      const response = await post(app, JSON.stringify(content), headers);

      expect([202, 400, 422]).toContain(response.status);
      if (response.status !== 202) await problemOf(response);
    }),
    { numRuns: 300 },
  );
});
