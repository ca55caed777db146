import { expect, test } from 'vitest';
import { atMost, firstAnswer, type Reading, type StatusSource } from '../../../api/status/status-source.ts';
import { initialState } from '../../../contract/initial-state.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import { type Deadline, deadlineIn } from '../../../process/deadline.ts';
import { anId, anInput } from '../../support/fixtures.ts';

const found: Reading = {
  kind: 'found',
  status: publicStatus(initialState(anInput({ id: anId(1), createdAt: '2026-11-01T12:00:00.000Z' }))),
};

const never = () => new Promise<never>(() => undefined);

test('the first source that answers at all is believed: one that is down, late or broken is passed over', async () => {
  const asked: string[] = [];
  const source = (name: string, read: StatusSource['read']): StatusSource => ({
    name,
    share: 0.02,
    read: (...of) => {
      asked.push(name);
      return read(...of);
    },
  });
  const all = firstAnswer('all', [
    source('down', async () => ({ kind: 'no-answer', cause: new Error('down') })),
    source('late', never),
    source('broken', async () => Promise.reject(new Error('broken'))),
    source('good', async () => found),
    source('never asked', never),
  ]);

  expect(await all.read(anId(1), deadlineIn(1_000))).toEqual(found);
  expect(asked).toEqual(['down', 'late', 'broken', 'good']);
});

test('"unknown" is an answer', async () => {
  const all = firstAnswer('all', [
    { name: 'knows', read: async () => ({ kind: 'unknown' }) },
    { name: 'never asked', read: async () => found },
  ]);

  expect(await all.read(anId(1), deadlineIn(1_000))).toEqual({ kind: 'unknown' });
});

test('when none has an answer, it tells what each of them said', async () => {
  const all = firstAnswer('all', [
    { name: 'one', read: async () => ({ kind: 'no-answer', cause: 'down' }) },
    { name: 'two', share: 0.02, read: never },
  ]);

  expect(await all.read(anId(1), deadlineIn(1_000))).toMatchObject({
    kind: 'no-answer',
    cause: { errors: ['down', { message: expect.stringMatching(/^two: no answer in \d+ ms$/) }] },
  });
});

test('the last source has all the time that is left, and no more', async () => {
  const deadline = deadlineIn(60_000);
  const given: Deadline[] = [];
  const last: StatusSource = {
    name: 'last',
    read: async (_, until) => {
      given.push(until);
      return found;
    },
  };

  await firstAnswer('all', [{ name: 'late', share: 0.000_1, read: never }, last]).read(anId(1), deadline);

  expect(given).toEqual([deadline]);
});

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
