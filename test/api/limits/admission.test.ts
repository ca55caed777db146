import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Admitted, atATime, createAdmission } from '../../../api/limits/admission.ts';
import { deadlineIn } from '../../../process/deadline.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const second = 1_000;

/** Starts that each take so many milliseconds, and when they began. */
function startsOf(milliseconds: number) {
  const began: number[] = [];
  let [underWay, most] = [0, 0];
  const start = async (): Promise<number> => {
    const order = began.push(Date.now());
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    underWay -= 1;
    return order;
  };
  return { start, began, most: () => most };
}

const isAdmitted = <Value>(one: Admitted<Value>) => one.kind === 'admitted';

describe('admission of submits', () => {
  test('lets a lone one through at once', async () => {
    const admit = createAdmission();

    const result = await admit(deadlineIn(10), async () => 'started');

    expect(result).toEqual({ kind: 'admitted', value: 'started' });
  });

  test('has a few under way at a time, and the others in order', async () => {
    const admit = createAdmission();
    const { start, most } = startsOf(100);

    const results = Array.from({ length: 3 * atATime }, () => admit(deadlineIn(1_600), start));
    await vi.advanceTimersByTimeAsync(second);

    expect(most()).toBe(atATime);
    expect(await Promise.all(results)).toEqual(results.map((_, at) => ({ kind: 'admitted', value: at + 1 })));
  });

  test('refuses at once whoever could not be served in time, and has started nothing for them', async () => {
    const admit = createAdmission();
    const { start, began } = startsOf(100);
    const refused: number[] = [];
    const results = Array.from({ length: 1_000 }, async () => {
      const result = await admit(deadlineIn(1_600), start);
      if (result.kind === 'busy') refused.push(Date.now());
      return result;
    });
    const at = Date.now();

    await vi.advanceTimersByTimeAsync(0);
    const refusedAtOnce = refused.length;
    await vi.advanceTimersByTimeAsync(2 * second);
    const admitted = (await Promise.all(results)).filter(isAdmitted);

    expect(began).toHaveLength(admitted.length);
    // 16 every 100 ms, for 1.4 s of the 1.6.
    expect(admitted.length).toBeGreaterThanOrEqual(12 * atATime);
    expect(admitted.length).toBeLessThanOrEqual(14 * atATime);
    expect(refusedAtOnce).toBe(1_000 - admitted.length);
    expect(new Set(refused)).toEqual(new Set([at]));
  });

  test('H26: tells them to come again at a pace that can be served: then each is, once', async () => {
    const admit = createAdmission();
    const { start, began } = startsOf(100);
    const client = async () => {
      for (let tries = 1; ; tries += 1) {
        const result = await admit(deadlineIn(1_600), start);
        if (result.kind === 'admitted') return tries;
        expect(Number.isInteger(result.retryAfter) && result.retryAfter >= 1).toBe(true);
        await new Promise((resolve) => setTimeout(resolve, result.retryAfter * second));
      }
    };

    const clients = Array.from({ length: 1_000 }, client);
    await vi.advanceTimersByTimeAsync(60 * second);
    const tries = await Promise.all(clients);

    expect(began).toHaveLength(1_000);
    expect(Math.max(...tries)).toBeLessThanOrEqual(3);
  });

  test('while Temporal hangs, sends no more than have a place, lets nobody wait in vain, and recovers', async () => {
    const admit = createAdmission();
    const hanging = startsOf(1_280);
    const quick = startsOf(20);

    const first = Array.from({ length: 200 }, () => admit(deadlineIn(1_600), hanging.start));
    await vi.advanceTimersByTimeAsync(1_600);
    const kinds = (await Promise.all(first)).map(({ kind }) => kind);
    const later = Array.from({ length: 40 }, () => admit(deadlineIn(1_600), hanging.start));
    await vi.advanceTimersByTimeAsync(1_600);
    await Promise.all(later);
    for (let time = 0; time < 30; time += 1) {
      const some = Array.from({ length: atATime }, () => admit(deadlineIn(1_600), quick.start));
      await vi.advanceTimersByTimeAsync(100);
      await Promise.all(some);
    }
    const many = Array.from({ length: 200 }, () => admit(deadlineIn(1_600), quick.start));
    await vi.advanceTimersByTimeAsync(1_600);

    expect(kinds.filter((kind) => kind === 'admitted')).toHaveLength(atATime);
    expect((await Promise.all(many)).every(isAdmitted)).toBe(true);
  });

  test('a start that fails makes room for the next', async () => {
    const admit = createAdmission();
    const failing = Array.from({ length: 2 * atATime }, () => admit(deadlineIn(1_600), () => Promise.reject('down')));

    const ended = await Promise.allSettled(failing);

    expect(new Set(ended.map(({ status }) => status))).toEqual(new Set(['rejected']));
    expect(await admit(deadlineIn(10), async () => 1)).toEqual({ kind: 'admitted', value: 1 });
  });
});
