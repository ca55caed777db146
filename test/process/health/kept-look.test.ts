import { expect, test } from 'vitest';
import { keptLook } from '../../../process/health/kept-look.ts';

/** A look that waits until it is let go, and a clock that stands still until it is set. */
function aLook() {
  const looks: ((seen: number) => void)[] = [];
  const clock = { now: 0 };
  const look = keptLook(
    () => new Promise<number>((resolve) => looks.push(resolve)),
    () => clock.now,
  );
  return { look, looks, clock };
}

test('those who ask while a look is under way share it, however long it takes', async () => {
  const { look, looks, clock } = aLook();

  const first = look();
  clock.now = 5_000;
  const second = look();
  looks[0]?.(1);

  expect(await Promise.all([first, second])).toEqual([1, 1]);
  expect(looks).toHaveLength(1);
});

test('what was seen is kept for a second from its end, and then looked at anew', async () => {
  const { look, looks, clock } = aLook();
  const first = look();
  clock.now = 400;
  looks[0]?.(1);
  await first;

  clock.now = 1_399;
  const kept = await look();
  clock.now = 1_400;
  const anew = look();
  looks[1]?.(2);

  expect([kept, await anew, looks.length]).toEqual([1, 2, 2]);
});
