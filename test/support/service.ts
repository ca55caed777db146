import { afterEach, beforeEach, vi } from 'vitest';
import type { Options, Status } from '../../client/index.ts';

export const location = 'https://cfs.example.org/api/submissions/1';

export const aStatus = (change: Partial<Status> = {}): Status => ({
  id: '1',
  status: 'Running',
  stage: 'moderation',
  createdAt: '2026-11-01T12:00:00.000Z',
  lastUpdatedAt: '2026-11-01T12:00:00.000Z',
  progress: { completed: 0, total: 3 },
  ...change,
});

export const accepted = () => answer(200, aStatus({ status: 'Succeeded', result: { outcome: 'accepted' } }));
export const running = (headers: Record<string, string> = {}) => answer(202, aStatus(), headers);
export const speakerToken = 'a.token-of_the~speaker';
export const submitted = () => answer(202, { ...aStatus(), speakerToken }, { Location: location });
export const notModified = (headers: Record<string, string> = {}) => new Response(null, { status: 304, headers });
export const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });
export const lost = () => new TypeError('fetch failed');

type Request = { at: number; url: string; init: RequestInit };

/** A service that gives these answers, one after the other; the last one for ever. */
export function aService(...answers: (() => Response | Error | Promise<Response>)[]) {
  const requests: Request[] = [];
  const fetch: NonNullable<Options['fetch']> = async (url, init) => {
    requests.push({ at: Date.now(), url: url.href, init });
    const given = await answers[Math.min(requests.length, answers.length) - 1]?.();
    if (given instanceof Response) return given;
    throw given;
  };
  return { requests, fetch };
}

/** A header of each request, where it has one. */
export const headersOf = (requests: Request[], name: string) =>
  requests.map(({ init }) => new Headers(init.headers).get(name) ?? undefined);

/** Milliseconds between the requests. */
export const gapsOf = (requests: Request[]) =>
  requests.slice(1).map(({ at }, index) => at - (requests[index]?.at ?? 0));

/** Lets the time pass until the promise is settled, and gives its value or its error. */
export async function settle<Value>(promise: Promise<Value>): Promise<Value | unknown> {
  const settled = promise.catch((error: unknown) => error);
  await vi.runAllTimersAsync();
  return settled;
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  await collectInto(all, items);
  return all;
}

export async function collectInto<Item>(all: Item[], items: AsyncIterable<Item>): Promise<void> {
  for await (const item of items) all.push(item);
}

/** Time that passes only when a test lets it, and jitter that is always half of what it may be. */
export function useFakeClock(): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse('2026-11-01T12:00:00.000Z') });
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });
}
