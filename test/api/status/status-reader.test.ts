import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { createStatusReader, freshness, longestAge, renewal } from '../../../api/status/status-reader.ts';
import type { Reading, StatusSource } from '../../../api/status/status-source.ts';
import type { StatusDocument } from '../../../contract/http/status.ts';
import { initialState } from '../../../contract/initial-state.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import { deadlineIn } from '../../../process/deadline.ts';
import { neverErased } from '../../support/app.ts';
import { anId, anInput } from '../../support/fixtures.ts';

const id = anId(1);

const statusAt = (second: number): StatusDocument => ({
  ...publicStatus(initialState(anInput({ id, createdAt: '2026-11-01T12:00:00.000Z' }))),
  lastUpdatedAt: `2026-11-01T12:00:${String(second).padStart(2, '0')}.000Z`,
});

/** A source that answers when the test says so. */
function aSource() {
  const answers: ((reading: Reading) => void)[] = [];
  const source: StatusSource = {
    name: 'source',
    read: () => new Promise((resolve) => answers.push(resolve)),
  };
  return { source, answers };
}

const found = (second: number): Reading => ({ kind: 'found', status: statusAt(second) });

describe('the status reader', () => {
  test('H14: tells whoever still waits what was learnt meanwhile, and not what its older reading brings', async () => {
    const { source, answers } = aSource();
    let now = 0;
    const reader = createStatusReader(source, neverErased, () => now);

    const reading = reader.read(id, deadlineIn(60_000));
    now = 100;
    reader.remember(id, statusAt(9), 100);
    answers[0]?.(found(1));

    expect(await reading).toEqual(found(9));
  });

  test('asks once, however many ask it', async () => {
    const { source, answers } = aSource();
    const reader = createStatusReader(source, neverErased, () => 0);

    const readings = Array.from({ length: 1_000 }, () => reader.read(id, deadlineIn(60_000)));
    answers[0]?.(found(1));

    expect(new Set(await Promise.all(readings))).toEqual(new Set([found(1)]));
    expect(answers).toHaveLength(1);
  });

  test('keeps what it read, counted from when it began to read', async () => {
    let now = 0;
    const { source, answers } = aSource();
    const reader = createStatusReader(source, neverErased, () => now);
    const first = reader.read(id, deadlineIn(60_000));
    now = renewal - 1;
    answers[0]?.(found(1));
    await first;

    expect(await reader.read(id, deadlineIn(60_000))).toEqual(found(1));
    now = freshness;
    void reader.read(id, deadlineIn(60_000));
    expect(answers).toHaveLength(2);
  });

  test('renews a copy before it is too old, so that nobody who polls with others waits for it', async () => {
    let now = 0;
    const { source, answers } = aSource();
    const reader = createStatusReader(source, neverErased, () => now);
    reader.remember(id, statusAt(1), 0);

    now = renewal;
    const meanwhile = [await reader.read(id, deadlineIn(60_000)), await reader.read(id, deadlineIn(60_000))];
    answers[0]?.(found(2));
    await turn();
    now = 2 * renewal - 1;

    expect(meanwhile).toEqual([found(1), found(1)]);
    expect(await reader.read(id, deadlineIn(60_000))).toEqual(found(2));
    expect(answers).toHaveLength(1);
  });

  test('hands out a copy while its renewal is under way that began in time, and no longer than a poller is away', async () => {
    let now = 0;
    const { source, answers } = aSource();
    const reader = createStatusReader(source, neverErased, () => now);
    reader.remember(id, statusAt(1), 0);

    now = renewal;
    reader.fresh(id, deadlineIn(60_000));
    now = longestAge - 1;
    const meanwhile = reader.fresh(id, deadlineIn(60_000));
    now = longestAge;
    const after = reader.fresh(id, deadlineIn(60_000));

    expect([meanwhile, after]).toEqual([statusAt(1), undefined]);
    expect(answers).toHaveLength(1);
  });

  test('hands out no copy of more than 1 s whose renewal failed, or began late', async () => {
    let now = 0;
    const { source, answers } = aSource();
    const reader = createStatusReader(source, neverErased, () => now);
    reader.remember(id, statusAt(1), 0);
    now = renewal;
    reader.fresh(id, deadlineIn(60_000));
    answers[0]?.({ kind: 'no-answer', cause: new Error('down') });
    await turn();

    now = freshness;
    const withoutRenewal = reader.fresh(id, deadlineIn(60_000));
    void reader.read(id, deadlineIn(60_000));
    const withLateOne = reader.fresh(id, deadlineIn(60_000));

    expect([withoutRenewal, withLateOne]).toEqual([undefined, undefined]);
  });

  test('H14: keeps what a command has brought about, whatever a reading brings that overlapped with it', async () => {
    let now = 0;
    const { source, answers } = aSource();
    const reader = createStatusReader(source, neverErased, () => now);
    const command = { began: 0, brought: statusAt(9) };

    now = 10;
    const before = reader.read(id, deadlineIn(60_000));
    answers[0]?.(found(1));
    await before;
    now = 20;
    reader.remember(id, command.brought, command.began);
    const afterIt = reader.fresh(id, deadlineIn(60_000));
    now = 10 + freshness;
    const overlapping = reader.read(id, deadlineIn(60_000));
    now += 10;
    reader.remember(id, statusAt(30), now - 15);
    answers[1]?.(found(9));

    expect(afterIt).toEqual(statusAt(9));
    expect(await overlapping).toEqual(found(30));
    expect(reader.fresh(id, deadlineIn(60_000))).toEqual(statusAt(30));
  });

  test('H15: a reading brings nothing back that was erased while it was under way', async () => {
    const { source, answers } = aSource();
    const reader = createStatusReader(source, neverErased, () => 0);

    const reading = reader.read(id, deadlineIn(60_000));
    reader.forget(id);
    answers[0]?.({ kind: 'found', status: statusAt(1), isFinal: true });
    reader.remember(id, statusAt(2), 0);

    expect(await reading).toEqual({ kind: 'erased' });
    expect(reader.fresh(id, deadlineIn(60_000))).toBeUndefined();
    expect(await reader.read(id, deadlineIn(60_000))).toEqual({ kind: 'erased' });
    expect(reader.knows(id)).toBe(false);
  });

  test('keeps nothing of what is erased, whether it learns of it by itself or is told', async () => {
    let now = 0;
    const { source, answers } = aSource();
    const reader = createStatusReader(source, neverErased, () => now);
    reader.remember(id, statusAt(1), 0);

    reader.forget(id);
    const read = reader.read(id, deadlineIn(60_000));
    answers[0]?.({ kind: 'erased' });

    expect(await read).toEqual({ kind: 'erased' });
    reader.remember(id, statusAt(1), 0);
    now = freshness;
    const later = reader.read(id, deadlineIn(60_000));
    answers[1]?.({ kind: 'erased' });
    expect([await later, reader.knows(id)]).toEqual([{ kind: 'erased' }, false]);
  });

  test('joins no reading that began too long ago, and lets no late one replace a newer', async () => {
    let now = 0;
    const { source, answers } = aSource();
    const reader = createStatusReader(source, neverErased, () => now);

    const slow = reader.read(id, deadlineIn(60_000));
    now = freshness;
    const quick = reader.read(id, deadlineIn(60_000));
    answers[1]?.(found(2));
    answers[0]?.(found(1));

    expect(await quick).toEqual(found(2));
    expect(await slow).toEqual(found(2));
    expect(await reader.read(id, deadlineIn(60_000))).toEqual(found(2));
    expect(answers).toHaveLength(2);
  });

  test('H16: reads again for whoever joined a reading that had less time than they have', async () => {
    const { source, answers } = aSource();
    const reader = createStatusReader(source, neverErased, () => 0);

    const short = reader.read(id, deadlineIn(1));
    const long = reader.read(id, deadlineIn(60_000));
    const first = await short;
    await vi.waitUntil(() => answers.length === 2);
    answers[1]?.(found(2));

    expect(first).toMatchObject({ kind: 'no-answer' });
    expect(await long).toEqual(found(2));
  });

  test('keeps what a submit tells it, and no "unknown"', async () => {
    const { source, answers } = aSource();
    const reader = createStatusReader(source, neverErased, () => 0);
    const before = reader.read(id, deadlineIn(60_000));
    answers[0]?.({ kind: 'unknown' });
    expect(await before).toEqual({ kind: 'unknown' });

    reader.remember(id, statusAt(0), 0);

    expect(await reader.read(id, deadlineIn(60_000))).toEqual(found(0));
  });

  test('tells why, when its source has no answer, and when it breaks', async () => {
    const broken = createStatusReader(
      { name: 'broken', read: async () => Promise.reject(new Error('down')) },
      neverErased,
    );

    expect(await broken.read(id, deadlineIn(60_000))).toMatchObject({ kind: 'no-answer', cause: { message: 'down' } });
  });
});
