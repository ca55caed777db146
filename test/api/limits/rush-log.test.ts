import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAdmission } from '../../../api/limits/admission.ts';
import { createRushLog, logInterval } from '../../../api/limits/rush-log.ts';
import { deadlineIn } from '../../../process/deadline.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('H25: those who are refused for lack of room are one line an interval, with their number', async () => {
  const lines: unknown[] = [];
  const admit = createAdmission(createRushLog({ error: (entry: object) => lines.push(entry) }, 'too many'));
  const rush = async () => {
    const start = () => new Promise((resolve) => setTimeout(resolve, 100));
    const results = Array.from({ length: 1_000 }, () => admit(deadlineIn(1_600), start));
    await vi.advanceTimersByTimeAsync(1_600);
    return (await Promise.all(results)).filter(({ kind }) => kind === 'busy').length;
  };

  const first = (await rush()) + (await rush());
  const before = [...lines];
  await vi.advanceTimersByTimeAsync(logInterval);
  const second = await rush();
  await vi.advanceTimersByTimeAsync(3 * logInterval);

  expect(first).toBeGreaterThan(1_000);
  expect(before).toEqual([]);
  expect(lines).toEqual([
    { refused: first, milliseconds: logInterval },
    { refused: second, milliseconds: logInterval },
  ]);
});
