import { expect, test } from 'vitest';
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
