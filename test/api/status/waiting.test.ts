import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createHttpServer } from '../../../api/http/http-server.ts';
import { createWatchers, maxWaiters } from '../../../api/status/watchers.ts';
import { initialState } from '../../../contract/initial-state.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import { freePort } from '../../../dev/ports.ts';
import { anApp, aPort, firstAnswerSchema, post, statusOf } from '../../support/app.ts';
import { anId, anInput, aRequest, publicUrl } from '../../support/fixtures.ts';
import { aState } from '../../support/records.ts';

const url = `/api/submissions/${anId(1)}`;
const state = initialState(anInput());
const received = publicStatus(state);
const moderation = publicStatus(aState(state));
const accepted = publicStatus(aState(state, { stage: 'selection', conclusion: { kind: 'accepted' } }));

/** An app with one submission whose status a test sets, and the number of times that it was read. */
function anAppWithOne() {
  const one = { status: received, reads: 0, isUp: true };
  const stopping = new AbortController();
  const read = async () => {
    one.reads += 1;
    return one.isUp ? ({ kind: 'found', status: one.status } as const) : Promise.reject(new Error('down'));
  };
  const { app } = anApp({ submissions: aPort({ source: { name: 'one', read } }), stopping: stopping.signal });
  return { app, one, stopping };
}

type App = ReturnType<typeof anAppWithOne>['app'];

const wait = (app: App, prefer: string, headers: Record<string, string> = {}, signal?: AbortSignal) =>
  app.request(url, { headers: { Prefer: prefer, ...headers }, ...(signal ? { signal } : {}) });

/** Whether a request is answered by now. */
async function isSettled(response: Response | Promise<Response>): Promise<boolean> {
  let settled = false;
  void Promise.resolve(response).finally(() => {
    settled = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  return settled;
}

describe('H18: Prefer: wait', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('holds a request until the document changes, and says so', async () => {
    const { app, one } = anAppWithOne();

    const held = wait(app, 'wait=20');
    await vi.advanceTimersByTimeAsync(10_000);
    const before = await isSettled(held);
    one.status = moderation;
    await vi.advanceTimersByTimeAsync(2_000);
    const after = await isSettled(held);
    const response = await held;

    expect([before, after]).toEqual([false, true]);
    expect(response.status).toBe(202);
    expect(response.headers.get('Preference-Applied')).toBe('wait');
    expect(await statusOf(response)).toEqual(moderation);
  });

  test.each([
    ['wait=3', 3],
    ['wait=100', 25],
  ])('%s ends after %d s without a change, and with a 304 for whoever has the document', async (prefer, seconds) => {
    const { app } = anAppWithOne();
    const tag = (await app.request(url)).headers.get('ETag') ?? '';

    const [full, conditional] = [wait(app, prefer), wait(app, prefer, { 'If-None-Match': tag })];
    await vi.advanceTimersByTimeAsync(seconds * 1_000 - 10);
    const early = [await isSettled(full), await isSettled(conditional)];
    await vi.advanceTimersByTimeAsync(10);

    expect(early).toEqual([false, false]);
    expect([(await full).status, (await conditional).status]).toEqual([202, 304]);
  });

  test('answers at once when the client has an older document, or when it is over', async () => {
    const { app, one } = anAppWithOne();

    const older = await wait(app, 'wait=20', { 'If-None-Match': '"an-older-one"' });
    await vi.advanceTimersByTimeAsync(2_000);
    one.status = accepted;
    const over = await wait(app, 'wait=20');

    expect([older.status, over.status]).toEqual([202, 200]);
    expect([older, over].map(({ headers }) => headers.get('Preference-Applied'))).toEqual(['wait', 'wait']);
  });

  test.each(['wait=soon', 'wait=-5', 'respond-async', 'nonsense=;;'])('%s is ignored', async (prefer) => {
    const response = await wait(anAppWithOne().app, prefer);

    expect(response.status).toBe(202);
    expect(response.headers.get('Preference-Applied')).toBeNull();
  });

  test('H2: never answers with an older document than the client was read, whoever waited before', async () => {
    const { app, one, stopping } = anAppWithOne();
    const first = wait(app, 'wait=20');
    await vi.advanceTimersByTimeAsync(1_550);
    one.status = moderation;

    const second = wait(app, 'wait=20');
    await vi.advanceTimersByTimeAsync(10);
    stopping.abort();

    expect(await statusOf(await second)).toEqual(moderation);
    expect(await statusOf(await first)).toEqual(moderation);
  });

  test('H8: those who are told together are not asked to come back together', async () => {
    const { app, one } = anAppWithOne();
    const held = Array.from({ length: 1_000 }, () => wait(app, 'wait=20'));
    await vi.advanceTimersByTimeAsync(100);
    one.status = { ...moderation, lastUpdatedAt: new Date().toISOString() };
    await vi.advanceTimersByTimeAsync(2_000);

    const seconds = (await Promise.all(held)).map(({ headers }) => Number(headers.get('Retry-After')));

    expect(Math.min(...seconds)).toBe(2);
    // A thousand, at a hundred a second.
    for (const second of new Set(seconds)) expect(seconds.filter((one) => one === second).length).toBeLessThan(200);
  });

  test('can be asked for again by who has waited before', async () => {
    const { app, one } = anAppWithOne();
    const first = wait(app, 'wait=1');
    await vi.advanceTimersByTimeAsync(1_000);
    await first;

    const second = wait(app, 'wait=20');
    await vi.advanceTimersByTimeAsync(3_000);
    one.status = moderation;
    await vi.advanceTimersByTimeAsync(2_000);

    expect(await isSettled(second)).toBe(true);
    expect(await statusOf(await second)).toEqual(moderation);
  });

  test('costs as many readings a second for a thousand submissions as for a few hundred', async () => {
    const readings = async (submissions: number) => {
      let reads = 0;
      const latest = { kind: 'found' as const, status: received };
      const read = async () => {
        reads += 1;
        return latest;
      };
      const watchers = createWatchers({ read }, new AbortController().signal);
      const gone = new AbortController().signal;
      const waiting = Array.from({ length: submissions }, (_, at) =>
        watchers.wait(anId(at), { latest, isNews: () => false, milliseconds: 10_000, gone }),
      );
      await vi.advanceTimersByTimeAsync(9_999);
      const before = reads;
      await vi.advanceTimersByTimeAsync(1);
      return { reads: before, held: (await Promise.all(waiting)).filter((reading) => reading !== undefined).length };
    };

    const [few, many] = [await readings(400), await readings(1_000)];

    expect([few.held, many.held]).toEqual([400, 1_000]);
    expect(few.reads).toBeGreaterThan(1_500);
    expect(many.reads).toBeLessThan(few.reads * 1.5);
  });

  test('ends with the document as it is then, and not as it was read before', async () => {
    const { app, one } = anAppWithOne();

    const held = wait(app, 'wait=3');
    await vi.advanceTimersByTimeAsync(2_900);
    one.status = moderation;
    await vi.advanceTimersByTimeAsync(100);

    expect(await statusOf(await held)).toEqual(moderation);
  });

  test('survives a source that is down for a while', async () => {
    const { app, one } = anAppWithOne();

    const held = wait(app, 'wait=20');
    await vi.advanceTimersByTimeAsync(100);
    one.isUp = false;
    await vi.advanceTimersByTimeAsync(8_000);
    Object.assign(one, { isUp: true, status: moderation });
    await vi.advanceTimersByTimeAsync(4_000);

    expect(await statusOf(await held)).toEqual(moderation);
  });

  test('a withdrawal at this gateway is answered to those who wait at once', async () => {
    const { app } = anApp();
    const { id, speakerToken } = firstAnswerSchema.parse(await (await post(app, aRequest())).json());

    const held = app.request(`/api/submissions/${id}`, { headers: { Prefer: 'wait=20' } });
    await vi.advanceTimersByTimeAsync(100);
    await app.request(`/api/submissions/${id}`, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${speakerToken}` },
    });

    expect(await isSettled(held)).toBe(true);
    expect((await held).status).toBe(200);
  });

  test('past the number of places the answer is immediate, and a client that goes away frees its place', async () => {
    const { app } = anAppWithOne();
    const leaving = new AbortController();
    const first = wait(app, 'wait=20', {}, leaving.signal);
    const held = Array.from({ length: maxWaiters - 1 }, () => wait(app, 'wait=20'));
    await vi.advanceTimersByTimeAsync(100);

    const full = await wait(app, 'wait=20');
    leaving.abort();
    await first;
    const freed = wait(app, 'wait=20');
    const isHeld = !(await isSettled(freed));
    await vi.advanceTimersByTimeAsync(25_000);

    expect(full.status).toBe(202);
    expect(full.headers.get('Preference-Applied')).toBeNull();
    expect(isHeld).toBe(true);
    expect(new Set((await Promise.all([freed, ...held])).map(({ status }) => status))).toEqual(new Set([202]));
  });
});

const waiters = 1_000;

describe('H18: a thousand waiters on one process', () => {
  async function aServer() {
    const one = anAppWithOne();
    const port = await freePort();
    let arrived = 0;
    const fetch: typeof one.app.fetch = (...request) => {
      arrived += 1;
      return one.app.fetch(...request);
    };
    const server = createHttpServer({ ...one.app, fetch }, publicUrl, { error: () => undefined });
    await server.listen(port, '127.0.0.1');

    /** Until all have been read to, and are watched. */
    async function untilHeld() {
      await vi.waitUntil(() => arrived === waiters, { timeout: 20_000 });
      const { reads } = one.one;
      await vi.waitUntil(() => one.one.reads > reads, { timeout: 20_000 });
    }

    return { ...one, server, at: `http://127.0.0.1:${port}${url}`, untilHeld };
  }

  const held = (at: string, signal: AbortSignal) =>
    Array.from({ length: waiters }, () => fetch(at, { headers: { Prefer: 'wait=25' }, signal }));

  test('are served by the readings of one, and all learn of the change', async () => {
    const { one, server, at, untilHeld } = await aServer();

    const waiting = held(at, new AbortController().signal);
    await untilHeld();
    one.status = moderation;
    const answers = await Promise.all(waiting.map(async (response) => statusOf(await response)));

    expect(new Set(answers.map(({ stage }) => stage))).toEqual(new Set(['moderation']));
    // One to begin with, one each 1.6 s; on a slow machine a handful.
    expect(one.reads).toBeLessThan(30);
    await server.close();
  });

  test('leave nothing behind when they go: nothing is read any more', async () => {
    const { one, server, at, untilHeld } = await aServer();
    const leaving = new AbortController();

    const waiting = Promise.allSettled(held(at, leaving.signal));
    await untilHeld();
    leaving.abort();
    await waiting;
    await vi.waitUntil(
      async () => {
        const before = one.reads;
        await new Promise((resolve) => setTimeout(resolve, 4_000));
        return one.reads === before;
      },
      { timeout: 20_000, interval: 1 },
    );

    expect(one.reads).toBeLessThan(30);
    await server.close();
  });

  test('are let go with what is known when the gateway stops', async () => {
    const { server, stopping, at, untilHeld } = await aServer();

    const waiting = held(at, new AbortController().signal);
    await untilHeld();
    stopping.abort();
    const codes = await Promise.all(waiting.map(async (response) => (await response).status));

    expect(new Set(codes)).toEqual(new Set([202]));
    await server.close();
  });
});
