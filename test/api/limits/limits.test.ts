import { RateLimiterMemory } from 'rate-limiter-flexible';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLimits } from '../../../api/limits/limits.ts';
import type { StatusSource } from '../../../api/status/status-source.ts';
import { initialState } from '../../../contract/initial-state.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import { anApp, aPort, firstAnswerSchema, post, problemOf, problemType, submittedOf } from '../../support/app.ts';
import { aCall, anId, anInput, aRequest, tokens } from '../../support/fixtures.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Knows one submission, and takes its time for all others. */
function oneOf(id: string, look = async () => {}): StatusSource {
  const status = publicStatus(initialState(anInput({ id: anId(1) })));
  return {
    name: 'one',
    read: async (asked) => {
      if (asked === id) return { kind: 'found', status };
      await look();
      return { kind: 'unknown' };
    },
  };
}

function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve: () => resolve() };
}

type App = ReturnType<typeof anApp>['app'];

const poll = async (app: App, id: string, headers: Record<string, string> = {}) =>
  app.request(`/api/submissions/${id}`, { headers });

async function countUntilRefused(ask: () => Response | Promise<Response>) {
  for (let count = 0; count < 1_000; count += 1) {
    const response = await ask();
    if (response.status === 429) return { count, response };
  }
  throw new Error('never refused');
}

describe('H8, H27: a client that ignores the pace', () => {
  test('is told when to come back; its submission, and the other clients of it, are unharmed', async () => {
    const { app } = anApp();
    const { id } = await submittedOf(await post(app, aRequest()));

    const { count, response } = await countUntilRefused(() => poll(app, id));
    const seconds = Number(response.headers.get('Retry-After'));
    const problem = await problemOf(response);
    await vi.advanceTimersByTimeAsync(seconds * 1_000);
    const later = await poll(app, id);

    expect(count).toBeGreaterThanOrEqual(60);
    expect(problem).toMatchObject({ type: problemType('too-many-requests'), status: 429 });
    expect(response.headers.get('RateLimit-Policy')).toBe('"poll";q=60;w=30');
    expect(response.headers.get('RateLimit')).toBe(`"poll";r=0;t=${seconds}`);
    expect(later.status).toBe(202);
  });

  test('is told so also when it asks to be held for less than the pace, or hangs up before', async () => {
    const { app } = anApp();
    const [one, other] = [
      await submittedOf(await post(app, aRequest())),
      await submittedOf(await post(app, aRequest())),
    ];
    const hold = async (id: string, prefer: string, signal?: AbortSignal) => {
      const answer = app.request(`/api/submissions/${id}`, {
        headers: { Prefer: prefer },
        ...(signal ? { signal } : {}),
      });
      await vi.advanceTimersByTimeAsync(signal ? 10 : 1_000);
      return answer;
    };
    const hangUp = async () => {
      const leaving = new AbortController();
      const answer = hold(other.id, 'wait=25', leaving.signal);
      leaving.abort();
      return answer;
    };

    const held = Promise.all(Array.from({ length: 61 }, () => hold(one.id, 'wait=1')));
    await vi.advanceTimersByTimeAsync(5_000);
    for (let at = 0; at < 61; at += 1) await hangUp();

    expect((await held).map(({ status }) => status)).toContain(429);
    expect((await poll(app, other.id)).status).toBe(429);
  });

  test('cannot submit without end, nor try ids or tokens without end, from one address', async () => {
    const submits = await countUntilRefused(() => post(anAppFor('submits'), aRequest()));
    const contents = await countUntilRefused(() => post(anAppFor('contents'), '{}'));
    const ids = await countUntilRefused(() => poll(anAppFor('ids'), anId(7)));
    const credentials = await countUntilRefused(() => anAppFor('tokens').request('/api/organiser/call'));
    const withdrawals = await countUntilRefused(() =>
      anAppFor('withdrawals').request(`/api/submissions/${anId(7)}`, { method: 'DELETE' }),
    );

    for (const { count } of [submits, contents, ids, credentials, withdrawals]) expect(count).toBe(300);
    expect(
      [submits, contents, ids, credentials, withdrawals].map(({ response }) =>
        response.headers.get('RateLimit-Policy'),
      ),
    ).toEqual(['submit', 'refused', 'refused', 'refused', 'refused'].map((name) => `"${name}";q=300;w=60`));
  });

  test('cannot use one credential without end', async () => {
    const { app } = anApp();
    const { id, speakerToken } = firstAnswerSchema.parse(await (await post(app, aRequest())).json());
    const withdraw = () =>
      app.request(`/api/submissions/${id}`, { method: 'DELETE', headers: { Authorization: `Bearer ${speakerToken}` } });
    const readCall = () =>
      app.request('/api/organiser/call', { headers: { Authorization: `Bearer ${tokens.reviewer}` } });

    expect((await countUntilRefused(withdraw)).count).toBe(300);
    expect((await countUntilRefused(readCall)).count).toBe(300);
  });

  const apps = new Map<string, App>();
  function anAppFor(name: string): App {
    const app = apps.get(name) ?? anApp().app;
    apps.set(name, app);
    return app;
  }
});

describe('H27: a client that keeps the pace', () => {
  test('is never throttled: once at once after the submit, then by Retry-After, and twice at the end', async () => {
    const { app, started } = anApp();
    const ids = await Promise.all(
      Array.from({ length: 200 }, async () => (await submittedOf(await post(app, aRequest()))).id),
    );
    const codes = new Set<number>();

    // Three devices of one address for each submission, for ten minutes.
    const pollers = ids.slice(0, 60).flatMap((id) => [id, id, id]);
    let isOver = false;
    const polling = pollers.map(async (id) => {
      while (!isOver) {
        const response = await poll(app, id);
        codes.add(response.status);
        await new Promise((resolve) => setTimeout(resolve, Number(response.headers.get('Retry-After')) * 1_000));
      }
      for (const _ of [1, 2]) codes.add((await poll(app, id)).status);
    });
    await vi.advanceTimersByTimeAsync(600_000);
    for (const one of started.values())
      one.status = { ...one.status, status: 'Succeeded', result: { outcome: 'accepted' } };
    isOver = true;
    await vi.advanceTimersByTimeAsync(600_000);
    await Promise.all(polling);

    expect(codes).toEqual(new Set([202, 200]));
  });

  test('nor because of a neighbour at the same address, who tries ids and tokens and submits without end', async () => {
    const { app, started } = anApp();
    const { id, speakerToken } = firstAnswerSchema.parse(await (await post(app, aRequest())).json());
    await countUntilRefused(() => poll(app, anId(7)));
    await countUntilRefused(() => post(app, '{}'));

    const polled = await poll(app, id);
    const call = await app.request('/api/organiser/call', { headers: { Authorization: `Bearer ${tokens.organiser}` } });
    const withdrawn = await app.request(`/api/submissions/${id}`, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${speakerToken}` },
    });

    const submitted = await post(app, aRequest());

    expect([polled.status, call.status, withdrawn.status, submitted.status]).toEqual([202, 200, 202, 202]);
    expect(started.size).toBe(2);
  });

  test('nor where its submission is not known yet to the gateway that it comes to', async () => {
    const { app } = anApp({ submissions: aPort({ source: oneOf(anId(1)) }) });
    await countUntilRefused(() => poll(app, anId(7)));

    const codes = [await poll(app, anId(1)), await poll(app, anId(1)), await poll(app, anId(8))].map(
      ({ status }) => status,
    );

    expect(codes).toEqual([202, 202, 429]);
  });

  test('nor because of neighbours whose bodies never come to their end', async () => {
    const limits = createLimits();
    const { app } = anApp({ limits });
    for (let at = 0; at < 300; at += 1) await limits.charge('refused', 'unknown');
    const headers = { 'Content-Type': 'application/json', 'Content-Length': '100' };
    const withoutEnd = () => new ReadableStream({ pull: () => new Promise(() => undefined) });
    const slow = Array.from({ length: 300 }, () =>
      app.request('/api/submissions', { method: 'POST', headers, body: withoutEnd(), duplex: 'half' }),
    );

    const submitted = await post(app, aRequest());

    expect(submitted.status).toBe(202);
    expect(slow).toHaveLength(300);
  });

  test('nor does it wait for the neighbour, whose guesses wait for each other', async () => {
    let [underWay, most] = [0, 0];
    const { promise: released, resolve: release } = deferred();
    const source = oneOf(anId(1), async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await released;
      underWay -= 1;
    });
    const isOnRecord = async (id: string) => id === anId(1);
    const limits = createLimits();
    const { app } = anApp({ limits, submissions: aPort({ source, isOnRecord }) });
    for (let at = 0; at < 300; at += 1) await limits.charge('refused', 'unknown');

    const guesses = Array.from({ length: 50 }, (_, at) => poll(app, anId(100 + at)));
    const polled = await poll(app, anId(1));
    release();
    const codes = (await Promise.all(guesses)).map(({ status }) => status);

    expect(polled.status).toBe(202);
    expect(most).toBeLessThanOrEqual(4);
    expect(new Set(codes)).toEqual(new Set([429]));
  });

  test('nor is one who waits', async () => {
    const { app } = anApp();
    const { id } = await submittedOf(await post(app, aRequest()));

    const polling = Array.from({ length: 300 }, () => poll(app, id, { Prefer: 'wait=5' }));
    await vi.advanceTimersByTimeAsync(5_000);

    expect(new Set((await Promise.all(polling)).map(({ status }) => status))).toEqual(new Set([202]));
  });
});

test('replicas that share a store count together', async () => {
  const shared = new Map<string | undefined, RateLimiterMemory>();
  const makeCounter: Parameters<typeof createLimits>[0] = (options) => {
    const counter = shared.get(options.keyPrefix) ?? new RateLimiterMemory(options);
    shared.set(options.keyPrefix, counter);
    return counter;
  };
  const [one, other] = [createLimits(makeCounter), createLimits(makeCounter)];
  for (let at = 0; at < 150; at += 1) {
    await one.charge('submit', 'here');
    await other.charge('submit', 'here');
  }

  await expect(one.charge('submit', 'here')).rejects.toMatchObject({ code: 'too-many-requests' });
  expect(await other.isSpent('submit', 'here')).toBe(true);
  expect(await other.isSpent('submit', 'elsewhere')).toBe(false);
});

test('a gateway counts its polls alone, and asks once a second whether there is some of a quota left', async () => {
  const asked: string[] = [];
  const charged: string[] = [];
  const makeCounter: Parameters<typeof createLimits>[0] = (options) => {
    const counter = new RateLimiterMemory(options);
    return {
      get: async (key) => {
        asked.push(`${options.keyPrefix} ${key}`);
        return counter.get(key);
      },
      consume: async (key) => {
        charged.push(`${options.keyPrefix} ${key}`);
        return counter.consume(key);
      },
    };
  };
  const limits = createLimits(makeCounter);

  await limits.charge('poll', 'here');
  for (const key of ['here', 'here', 'there']) expect(await limits.isSpent('refused', key)).toBe(false);
  await vi.advanceTimersByTimeAsync(1_001);
  expect(await limits.isSpent('refused', 'here')).toBe(false);
  for (let at = 0; at < 300; at += 1) await limits.charge('refused', 'here');
  await expect(limits.charge('refused', 'here')).rejects.toMatchObject({ code: 'too-many-requests' });

  expect(await limits.isSpent('refused', 'here')).toBe(true);
  expect(asked).toEqual(['refused here', 'refused there', 'refused here', 'refused here']);
  expect(new Set(charged)).toEqual(new Set(['refused here']));
});

test('the limit of a speaker refuses nothing, since that would tell whether an address is known', async () => {
  const { app, started } = anApp({ call: aCall({ limits: { submissionsPerSpeaker: 1 } }) });

  const answers = [await post(app, aRequest()), await post(app, aRequest({ title: 'Another' }))];

  expect(answers.map(({ status }) => status)).toEqual([202, 202]);
  expect([...started.values()].map(({ input }) => input.rules.submissionsPerSpeaker)).toEqual([1, 1]);
});
