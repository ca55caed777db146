import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { logInterval } from '../../../api/limits/rush-log.ts';
import { createSlowAnswers } from '../../../api/watching/slow-answers.ts';
import { anApp } from '../../support/app.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const id = 'aaaaaaaaaaaaaaaaaaaaaa';
const path = `/api/submissions/${id}`;

/** An app whose answers take so long, and what it logs of that. */
function aSlowApp(milliseconds: number) {
  const lines: object[] = [];
  let at = 0;
  const clock = () => {
    at += milliseconds;
    return at;
  };
  const { app } = anApp({ around: createSlowAnswers({ warn: (entry: object) => lines.push(entry) }, clock) });
  const ask = (headers: Record<string, string> = {}) =>
    app.request(path, { headers: { 'X-Request-Id': 'r1', ...headers } });
  return { ask, lines };
}

test('a slow answer is a line, with the request and its route, and without what is in the path', async () => {
  const { ask, lines } = aSlowApp(1_200);

  await ask();

  expect(lines).toEqual([{ requestId: 'r1', method: 'GET', route: '/api/submissions/{id}', milliseconds: 1_200 }]);
});

test('those that follow are one line an interval, with their number', async () => {
  const { ask, lines } = aSlowApp(1_200);

  for (let count = 0; count < 5; count += 1) await ask();
  await vi.advanceTimersByTimeAsync(3 * logInterval);
  await ask();

  expect(lines.slice(1)).toEqual([
    { more: 4, milliseconds: logInterval },
    expect.objectContaining({ requestId: 'r1' }),
  ]);
});

test.each([
  ['quick', 900, {}],
  ['held, as it wished', 20_000, { Prefer: 'wait=20' }],
])('an answer that was %s is none', async (_, milliseconds, headers) => {
  const { ask, lines } = aSlowApp(milliseconds);

  await ask(headers);

  expect(lines).toEqual([]);
});
