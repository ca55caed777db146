import { expect, test } from 'vitest';
import { up } from '../../../process/health/condition.ts';
import { inTime } from '../../../process/health/in-time.ts';

test('a part that answers is as it says', async () => {
  expect(await inTime(async () => up)).toEqual({ up: true });
});

test('a part that never answers is down, so that a probe gets its answer', async () => {
  expect(await inTime(() => new Promise(() => undefined))).toEqual({ up: false, reason: 'no answer' });
});

test('a look that fails is a part that is down, and its error says nothing to strangers', async () => {
  expect(await inTime(() => Promise.reject(new Error('password of db.internal')))).toEqual({
    up: false,
    reason: 'failing',
  });
});
