import { describe, expect, test, vi } from 'vitest';
import {
  DeadlineError,
  type Options,
  poll,
  RefusedError,
  type Status,
  UnexpectedAnswerError,
  waitForResult,
} from '../../client/index.ts';
import {
  accepted,
  answer,
  aService,
  aStatus,
  collect,
  collectInto,
  gapsOf,
  headersOf,
  location,
  lost,
  notModified,
  running,
  settle,
  useFakeClock,
} from '../support/service.ts';

useFakeClock();

describe('poll', () => {
  test('yields each status, at the pace of Retry-After, and ends with the terminal one', async () => {
    const { requests, fetch } = aService(
      () => running({ 'Retry-After': '3' }),
      () => running({ 'Retry-After': 'Sun, 01 Nov 2026 12:00:10 GMT' }),
      () => running(),
      accepted,
    );

    const seen = await settle(collect(poll(location, { fetch })));

    expect((seen as Status[]).map(({ status }) => status)).toEqual(['Running', 'Running', 'Running', 'Succeeded']);
    expect(gapsOf(requests)).toEqual([3_000, 7_000, 2_000]);
  });

  test('H17: sends the last ETag, and takes a 304 for the last status again', async () => {
    const { requests, fetch } = aService(
      () => running({ ETag: '"1"', 'Retry-After': '3' }),
      () => notModified({ 'Retry-After': '5' }),
      () => notModified({ ETag: 'W/"1"' }),
      () => running({ ETag: '"2"' }),
      accepted,
    );

    const seen: Status[] = [];
    await settle(collectInto(seen, poll(location, { fetch })));

    const [first, second, third, ...rest] = seen;
    expect(second).toBe(first);
    expect(third).toBe(first);
    expect(rest.map(({ status }) => status)).toEqual(['Running', 'Succeeded']);
    expect(headersOf(requests, 'If-None-Match')).toEqual([undefined, '"1"', '"1"', 'W/"1"', '"2"']);
    expect(gapsOf(requests)).toEqual([3_000, 5_000, 2_000, 2_000]);
  });

  test('H18: asks for a held answer once there is something known to hold it against', async () => {
    const { requests, fetch } = aService(
      () => running({ ETag: '"1"' }),
      () => running({ 'Preference-Applied': 'wait', 'Retry-After': '1' }),
      accepted,
    );

    await settle(waitForResult(location, { fetch }));

    expect(headersOf(requests, 'Prefer')).toEqual([undefined, 'wait=25', undefined]);
    expect(gapsOf(requests)).toEqual([2_000, 1_000]);
  });

  test('H18: leaves a held answer its time', async () => {
    const held = (seconds: number, given: () => Response) => () =>
      new Promise<Response>((resolve) => setTimeout(() => resolve(given()), seconds * 1_000));
    const { requests, fetch } = aService(
      () => running({ ETag: '"1"' }),
      held(25, () => notModified({ 'Retry-After': '1' })),
      accepted,
    );

    await settle(waitForResult(location, { fetch }));

    expect(gapsOf(requests)).toEqual([2_000, 26_000]);
  });

  test('sends an ETag to the URL that gave it only', async () => {
    const { requests, fetch } = aService(() => running({ ETag: '"1"', Location: '/elsewhere/1' }), accepted);

    await settle(waitForResult(location, { fetch }));

    expect(headersOf(requests, 'If-None-Match')).toEqual([undefined, undefined]);
    expect(headersOf(requests, 'Prefer')).toEqual([undefined, undefined]);
  });

  test('honours a Retry-After of weeks, and one of nothing', async () => {
    const { requests, fetch } = aService(
      () => running({ 'Retry-After': String(60 * 86_400) }),
      () => running({ 'Retry-After': '0' }),
      accepted,
    );

    await settle(waitForResult(location, { fetch }));

    // The longest that a timer can hold, in place of the 60 days.
    expect(gapsOf(requests)).toEqual([2 ** 31 - 1, 250]);
  });

  test('follows the Location of an answer, relative ones too', async () => {
    const { requests, fetch } = aService(() => running({ Location: '/elsewhere/1' }), accepted);

    await settle(waitForResult(location, { fetch }));

    expect(requests.map(({ url }) => url)).toEqual([location, 'https://cfs.example.org/elsewhere/1']);
  });

  test.each([
    ['a lost connection', lost],
    ['429', () => answer(429, {})],
    ['502 from a proxy', () => new Response('<html>', { status: 502 })],
    ['503', () => answer(503, {})],
  ])('waits longer and longer after %s, and goes on', async (_, failure) => {
    const onRetry = vi.fn();
    const { requests, fetch } = aService(failure, failure, failure, failure, running, accepted);

    const result = await settle(waitForResult(location, { fetch, onRetry }));

    expect(result).toMatchObject({ status: 'Succeeded' });
    expect(gapsOf(requests)).toEqual([500, 1_000, 2_000, 4_000, 2_000]);
    expect(onRetry.mock.calls.map(([, wait]) => wait)).toEqual([500, 1_000, 2_000, 4_000]);
  });

  test('waits as long as a 429 or 503 says, if that is longer', async () => {
    const { requests, fetch } = aService(() => answer(503, {}, { 'Retry-After': '30' }), accepted);

    await settle(waitForResult(location, { fetch }));

    expect(gapsOf(requests)).toEqual([30_000]);
  });

  test('gives up a connection that hangs, and tries again', async () => {
    const hangs = (signal: AbortSignal | null | undefined) =>
      new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    let attempts = 0;
    const fetch: NonNullable<Options['fetch']> = async (_, { signal }) => {
      attempts += 1;
      return attempts === 1 ? hangs(signal) : accepted();
    };

    expect(await settle(waitForResult(location, { fetch }))).toMatchObject({ status: 'Succeeded' });
  });

  test('gives up at its deadline, with what it knew last', async () => {
    const { fetch } = aService(() => running({ 'Retry-After': '2' }));

    const error = await settle(waitForResult(location, { fetch, timeout: 5_000 }));

    expect(error).toBeInstanceOf(DeadlineError);
    expect(error).toMatchObject({ last: { stage: 'moderation' } });
    expect(Date.now() - Date.parse('2026-11-01T12:00:00.000Z')).toBe(5_000);
  });

  test('tells at its deadline what was wrong all the time', async () => {
    const { fetch } = aService(lost);

    const error = await settle(waitForResult(location, { fetch, timeout: 5_000 }));

    expect(error).toMatchObject({
      name: 'DeadlineError',
      last: undefined,
      cause: { cause: { message: 'fetch failed' } },
    });
  });

  test.each(['before it begins', 'while it waits'])(
    'ends when its signal is aborted %s, with the reason',
    async (when) => {
      const { requests, fetch } = aService(() => running({ 'Retry-After': '60' }));
      const controller = new AbortController();
      const abort = () => controller.abort(new Error('enough'));
      if (when === 'before it begins') abort();
      else setTimeout(abort, 1_000);

      const error = await settle(waitForResult(location, { fetch, signal: controller.signal }));

      expect(error).toMatchObject({ message: 'enough' });
      expect(requests).toHaveLength(when === 'before it begins' ? 0 : 1);
    },
  );

  test.each(['abort', 'deadline'])('notices an %s that comes while its reader is busy', async (what) => {
    const { fetch } = aService(() => running({ 'Retry-After': '86400' }));
    const controller = new AbortController();
    const options: Options = what === 'abort' ? { fetch, signal: controller.signal } : { fetch, timeout: 1_000 };

    const reading = (async () => {
      for await (const _ of poll(location, options)) {
        if (what === 'abort') controller.abort(new Error('enough'));
        else await vi.advanceTimersByTimeAsync(2_000);
      }
    })();

    await expect(reading).rejects.toThrow(what === 'abort' ? 'enough' : 'no result in time');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('waits longer than a timer can hold, if its timeout says so', async () => {
    const sixtyDays = 60 * 86_400_000;
    const { fetch } = aService(() => running({ 'Retry-After': '864000' }));

    const error = await settle(waitForResult(location, { fetch, timeout: sixtyDays }));

    expect(error).toBeInstanceOf(DeadlineError);
    expect(Date.now() - Date.parse('2026-11-01T12:00:00.000Z')).toBe(sixtyDays);
  });

  test.each(['1.5', '-5', 'soon'])('takes a Retry-After of %j for none', async (value) => {
    const { requests, fetch } = aService(() => running({ 'Retry-After': value }), accepted);

    await settle(waitForResult(location, { fetch }));

    expect(gapsOf(requests)).toEqual([2_000]);
  });

  test('reads no more of an endless answer than could be one of the service', async () => {
    let chunks = 0;
    const endless = () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            chunks += 1;
            controller.enqueue(new Uint8Array(100_000).fill(97));
          },
        }),
      );
    const { fetch } = aService(endless);

    expect(await settle(waitForResult(location, { fetch }))).toBeInstanceOf(UnexpectedAnswerError);
    expect(chunks).toBeLessThan(110);
  });

  test('leaves no timer behind when its reader goes away', async () => {
    const { fetch } = aService(() => running());

    for await (const _ of poll(location, { fetch, timeout: 60_000 })) break;

    expect(vi.getTimerCount()).toBe(0);
  });

  test('refuses at once what no retry helps', async () => {
    const problem = { type: 'https://cfs.example.org/problems#not-found', title: 'There is nothing here', status: 404 };
    const { requests, fetch } = aService(() => answer(404, problem));

    const error = await settle(waitForResult(location, { fetch }));

    expect(error).toBeInstanceOf(RefusedError);
    expect(error).toMatchObject({ message: 'There is nothing here', problem });
    expect(requests).toHaveLength(1);
  });

  test.each([
    ['a 304 that nothing was asked for', () => notModified({ ETag: '"1"' })],
    ['a page of something else', () => new Response('<html>')],
    ['another JSON', () => answer(200, { hello: 'world' })],
    ['a 404 that is no problem document', () => new Response('not here', { status: 404 })],
    ['a redirect', () => new Response(null, { status: 302, headers: { Location: 'https://evil.example' } })],
    ['a Location that is none', () => running({ Location: 'http://[' })],
    ['a Location that is no place to poll', () => running({ Location: 'file:///etc/passwd' })],
    ['a status of no known word', () => answer(200, { ...aStatus(), status: 'Finished' })],
  ])('takes no %s for a status', async (_, given) => {
    const { fetch } = aService(given);

    expect(await settle(waitForResult(location, { fetch }))).toBeInstanceOf(UnexpectedAnswerError);
  });

  test('reads the documents of a newer service', async () => {
    const known = aStatus({ status: 'Succeeded', stage: 'jury', result: { outcome: 'shortlisted' } });
    const newer = { ...known, more: true };
    const { fetch } = aService(() => answer(200, newer));

    expect(await settle(waitForResult(location, { fetch }))).toEqual(newer);
  });

  test.each(['ftp://cfs.example.org/1', 'nonsense', 'https://user:password@cfs.example.org/1'])(
    'takes no %s for a location',
    async (wrong) => {
      expect(await settle(waitForResult(wrong))).toBeInstanceOf(TypeError);
    },
  );
});
