import { expect, test } from 'vitest';
import { spared } from '../../../api/status/spared-source.ts';
import { atMost, pausing, type Reading } from '../../../api/status/status-source.ts';
import { initialState } from '../../../contract/initial-state.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import { deadlineIn } from '../../../process/deadline.ts';
import { anId, anInput } from '../../support/fixtures.ts';

const found: Reading = {
  kind: 'found',
  status: publicStatus(initialState(anInput({ id: anId(1), createdAt: '2026-11-01T12:00:00.000Z' }))),
};

test('a source with a limit has no answer past it, and one again when a reading is over', async () => {
  const answers: ((reading: Reading) => void)[] = [];
  const limited = atMost(2, { name: 'slow', read: () => new Promise((resolve) => answers.push(resolve)) });

  const readings = [limited.read(anId(1), deadlineIn(100)), limited.read(anId(2), deadlineIn(100))];
  expect(await limited.read(anId(3), deadlineIn(100))).toMatchObject({ kind: 'no-answer' });
  for (const answer of answers) answer(found);
  await Promise.all(readings);
  void limited.read(anId(3), deadlineIn(100));

  expect(answers).toHaveLength(3);
});

test('a source that had no answer is left alone for a while', async () => {
  let [now, isUp, asked] = [0, false, 0];
  const read = async (): Promise<Reading> => {
    asked += 1;
    return isUp ? found : Promise.reject(new Error('down'));
  };
  const source = pausing(1_000, { name: 'workers', read }, () => now);

  const kinds = [(await source.read(anId(1), deadlineIn(100))).kind];
  isUp = true;
  now = 999;
  kinds.push((await source.read(anId(2), deadlineIn(100))).kind);
  now = 1_000;
  kinds.push((await source.read(anId(3), deadlineIn(100))).kind);

  expect(kinds).toEqual(['no-answer', 'no-answer', 'found']);
  expect(asked).toBe(2);
});

test('H13: a source that refuses readings as too many is left alone, longer each time, and not for other reasons', async () => {
  const [tooMany, other] = [new Error('too many'), new Error('other')];
  let [now, asked, refused] = [0, 0, 0];
  let answer = Promise.resolve<Reading>(found);
  const read = () => {
    asked += 1;
    return answer;
  };
  const isTooMany = (cause: unknown) => cause === tooMany;
  const countRefused = () => {
    refused += 1;
  };
  const source = spared({ name: 'Temporal', read }, { isTooMany, countRefused, now: () => now });
  const refuse = (cause: Error): Promise<Reading> => {
    const refusal = Promise.reject(cause);
    refusal.catch(() => undefined);
    return refusal;
  };
  /** Milliseconds until it is asked again. */
  async function pauseAfterRefusal(): Promise<number> {
    answer = refuse(tooMany);
    const began = now;
    // Those that were under way together are one refusal.
    const readings = await Promise.all([1, 2, 3].map((seed) => source.read(anId(seed), deadlineIn(100))));
    for (const reading of readings)
      expect(reading).toMatchObject({ kind: 'no-answer', retryAfter: expect.any(Number) });
    const before = asked;
    answer = Promise.resolve(found);
    for (; asked === before; now += 500) await source.read(anId(1), deadlineIn(100));
    now -= 500;
    return now - began;
  }

  answer = refuse(other);
  expect(await source.read(anId(1), deadlineIn(100))).toEqual({ kind: 'no-answer', cause: other });
  const pauses = [];
  for (let refusal = 0; refusal < 5; refusal += 1) pauses.push(await pauseAfterRefusal());
  expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 8_000]);
  expect(refused).toBeGreaterThanOrEqual(15);

  // It halves with each time as long as it in which all goes well.
  for (const quiet of [8_000, 4_000, 2_000, 1_000]) {
    now += quiet;
    expect(await source.read(anId(1), deadlineIn(100))).toEqual(found);
  }
  expect(await pauseAfterRefusal()).toBe(1_000);
});
