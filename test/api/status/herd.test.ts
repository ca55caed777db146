import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withRecords } from '../../../api/status/recorded-submissions.ts';
import { createStatusReader } from '../../../api/status/status-reader.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import { deadlineIn } from '../../../process/deadline.ts';
import { aDescription, anApp, aPort, aTemporal, neverErased, problemOf, problemType } from '../../support/app.ts';
import { anId } from '../../support/fixtures.ts';
import { aRecord } from '../../support/records.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const quiet = { error: () => undefined };
const second = 1_000;
const time = 1_600;
const pollers = 1_000;

/** Milliseconds that Temporal works for one. */
const cost = 5;

const status = publicStatus(aRecord(1).state);

/** A Temporal that describes one workflow after the other: whoever asks waits for all that were asked for before. */
function aBusyTemporal() {
  let [asked, freeAt] = [0, 0];
  const describe = async () => {
    asked += 1;
    freeAt = Math.max(freeAt, Date.now()) + cost;
    await new Promise((resolve) => setTimeout(resolve, freeAt - Date.now()));
    return aDescription(status);
  };
  const temporal = aTemporal({ describe, queryStatus: async () => status });
  const { source } = withRecords(temporal, { find: async () => ({ kind: 'unknown' }) }, quiet);
  return { reader: createStatusReader(source, neverErased), asked: () => asked };
}

test('H8, H16: when all come back at an announced date, each is answered in time, and soon read, and none in vain', async () => {
  const { reader, asked } = aBusyTemporal();
  const latencies: number[] = [];
  let served = 0;
  const poller = async (number: number) => {
    for (;;) {
      const began = Date.now();
      const reading = await reader.read(anId(number), deadlineIn(time));
      latencies.push(Date.now() - began);
      if (reading.kind === 'found') served += 1;
      if (reading.kind !== 'no-answer') return;
      const seconds = reading.retryAfter ?? 2 + Math.floor(Math.random() * 4);
      await new Promise((resolve) => setTimeout(resolve, seconds * second));
    }
  };

  for (let number = 0; number < pollers; number += 1) void poller(number);
  await vi.advanceTimersByTimeAsync(2 * pollers * cost);

  expect(served).toBe(pollers);
  expect(asked()).toBeLessThan(1.1 * pollers);
  expect(Math.max(...latencies)).toBeLessThanOrEqual(time + 10);
});

test('H13: who could not be read for in time is told when to come again, and the log has no line for each', async () => {
  const lines: unknown[] = [];
  const source = {
    name: 'busy',
    read: async () => ({ kind: 'no-answer' as const, cause: new Error('busy'), retryAfter: 17 }),
  };
  const { app } = anApp({
    submissions: aPort({ source }),
    log: { error: (line: unknown) => lines.push(line) },
  });

  const response = await app.request(`/api/submissions/${anId(1)}`);

  expect([response.status, response.headers.get('Retry-After')]).toEqual([503, '17']);
  expect(await problemOf(response)).toMatchObject({ type: problemType('temporarily-unavailable') });
  expect(lines).toEqual([]);
});
