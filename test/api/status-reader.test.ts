import { describe, expect, test } from 'vitest';
import { createStatusReader, freshness } from '../../api/status-reader.ts';
import { atMost, type Reading, type StatusSource } from '../../api/status-source.ts';
import { initialState } from '../../contract/initial-state.ts';
import { publicStatus } from '../../contract/public-status.ts';
import type { StatusDocument } from '../../contract/status.ts';
import { anId } from '../support/fixtures.ts';

const id = anId(1);

const statusAt = (second: number): StatusDocument => ({
  ...publicStatus(initialState({ id, createdAt: '2026-11-01T12:00:00.000Z' })),
  lastUpdatedAt: `2026-11-01T12:00:${String(second).padStart(2, '0')}.000Z`,
});

/** A source that answers when the test says so. */
function aSource() {
  const answers: ((reading: Reading) => void)[] = [];
  const source: StatusSource = {
    name: 'source',
    patience: 60_000,
    read: () => new Promise((resolve) => answers.push(resolve)),
  };
  return { source, answers };
}

const found = (second: number): Reading => ({ kind: 'found', status: statusAt(second) });

describe('the status reader', () => {
  test('asks once, however many ask it', async () => {
    const { source, answers } = aSource();
    const reader = createStatusReader([source], () => 0);

    const readings = Array.from({ length: 1_000 }, () => reader.read(id));
    answers[0]?.(found(1));

    expect(new Set(await Promise.all(readings))).toEqual(new Set([found(1)]));
    expect(answers).toHaveLength(1);
  });

  test('keeps what it read, counted from when it began to read', async () => {
    let now = 0;
    const { source, answers } = aSource();
    const reader = createStatusReader([source], () => now);
    const first = reader.read(id);
    now = freshness - 1;
    answers[0]?.(found(1));
    await first;

    expect(await reader.read(id)).toEqual(found(1));
    now = freshness;
    void reader.read(id);
    expect(answers).toHaveLength(2);
  });

  test('keeps a terminal status longer, since it is final', async () => {
    let now = 0;
    const { source, answers } = aSource();
    const reader = createStatusReader([source], () => now);
    const ended: Reading = { kind: 'found', status: { ...statusAt(1), status: 'Canceled' } };
    reader.remember(id, ended.status, 0);

    now = 29_999;
    expect(await reader.read(id)).toEqual(ended);
    now = 30_000;
    void reader.read(id);
    expect(answers).toHaveLength(1);
  });

  test('joins no reading that began too long ago, and lets no late one replace a newer', async () => {
    let now = 0;
    const { source, answers } = aSource();
    const reader = createStatusReader([source], () => now);

    const slow = reader.read(id);
    now = freshness;
    const quick = reader.read(id);
    answers[1]?.(found(2));
    answers[0]?.(found(1));

    expect(await quick).toEqual(found(2));
    expect(await slow).toEqual(found(1));
    expect(await reader.read(id)).toEqual(found(2));
    expect(answers).toHaveLength(2);
  });

  test('keeps what a submit tells it, and no "unknown"', async () => {
    const { source, answers } = aSource();
    const reader = createStatusReader([source], () => 0);
    const before = reader.read(id);
    answers[0]?.({ kind: 'unknown' });
    expect(await before).toEqual({ kind: 'unknown' });

    reader.remember(id, statusAt(0), 0);

    expect(await reader.read(id)).toEqual(found(0));
  });

  test('asks the next source when one has no answer, or none in time, or breaks', async () => {
    const asked: string[] = [];
    const source = (name: string, read: StatusSource['read']): StatusSource => ({
      name,
      patience: 20,
      read: (...of) => {
        asked.push(name);
        return read(...of);
      },
    });
    const reader = createStatusReader([
      source('down', async () => ({ kind: 'no-answer', cause: new Error('down') })),
      source('late', () => new Promise(() => undefined)),
      source('broken', async () => Promise.reject(new Error('broken'))),
      source('good', async () => found(1)),
      source('never asked', async () => found(2)),
    ]);

    expect(await reader.read(id)).toEqual(found(1));
    expect(asked).toEqual(['down', 'late', 'broken', 'good']);
  });

  test('takes "unknown" for an answer', async () => {
    const reader = createStatusReader([
      { name: 'knows', patience: 20, read: async () => ({ kind: 'unknown' }) },
      { name: 'never asked', patience: 20, read: async () => found(1) },
    ]);

    expect(await reader.read(id)).toEqual({ kind: 'unknown' });
  });

  test('tells what every source said when none has an answer', async () => {
    const reader = createStatusReader([
      { name: 'one', patience: 20, read: async () => ({ kind: 'no-answer', cause: 'down' }) },
      { name: 'two', patience: 20, read: () => new Promise(() => undefined) },
    ]);

    expect(await reader.read(id)).toMatchObject({
      kind: 'no-answer',
      cause: { errors: ['down', { message: 'two: no answer in 20 ms' }] },
    });
  });
});

test('a source with a limit has no answer past it, and one again when a reading is over', async () => {
  const { source, answers } = aSource();
  const limited = atMost(2, source);

  const readings = [limited.read(anId(1), 100), limited.read(anId(2), 100)];
  expect(await limited.read(anId(3), 100)).toMatchObject({ kind: 'no-answer' });
  for (const answer of answers) answer(found(1));
  await Promise.all(readings);
  void limited.read(anId(3), 100);

  expect(answers).toHaveLength(3);
});
