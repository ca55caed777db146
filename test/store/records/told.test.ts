import { describe, expect, test } from 'vitest';
import { digestOfTexts } from '../../../contract/lifecycle/carried.ts';
import { messageStates } from '../../../contract/mail/message.ts';
import { everything } from '../../../store/sight.ts';
import { anId } from '../../support/fixtures.ts';
import { aMessage, aRecord, aVerdict, aWriter, type Described } from '../../support/records.ts';
import { databases, useStore } from '../../support/stores.ts';

const at = '2026-11-01T12:00:00.000Z';
const otherRun = { run: 'the-run-after-a-reset', known: 0 };
const kept = { kind: 'kept', state: expect.anything() };

type Change = Described;

const decided = { stage: 'selection' as const, verdicts: [aVerdict('selection')] };
const accepted: Change = { ...decided, conclusion: { kind: 'accepted' } };
const rejected: Change = { ...decided, conclusion: { kind: 'rejected' } };
const withdrawn: Change = { ...decided, conclusion: { kind: 'withdrawn' } };
const failed: Change = { ...decided, conclusion: { kind: 'failed', error: 'processing-failed' } };
const waitlisted: Change = { ...decided, conclusion: { kind: 'waitlisted' } };
const waiting: Change = { ...decided, isOnWaitlist: true };
const answered = (answer: 'awaited' | 'confirmed' | 'declined'): Change => ({
  ...accepted,
  attendance: answer === 'awaited' ? { answer, due: at } : { answer },
});

describe.each(databases)('what was told, in the %s database', (kind) => {
  const database = useStore(kind);
  let seed = 0;

  /** Writes one state after the other, by one run, and returns what came of the last one. */
  async function keepAll(...changes: Change[]) {
    seed += 1;
    const records = changes.map((change, index) => aRecord(seed, { revision: index + 2, ...change }));
    let last: unknown;
    for (const record of records) last = await database.store.records.keep(record, [], aWriter);
    return { last, states: records.map(({ state }) => state) };
  }

  const stateOf = async () => (await database.store.list.find(anId(seed), everything))?.state;

  test.each([
    ['accepted', accepted, [rejected, waitlisted, withdrawn, failed, waiting, decided]],
    ['rejected', rejected, [accepted, waitlisted, withdrawn, failed, waiting, decided]],
    ['waitlisted for good', waitlisted, [accepted, rejected, withdrawn, failed, waiting, decided]],
    ['withdrawn', withdrawn, [accepted, rejected, waitlisted, failed, waiting, decided]],
    ['failed', failed, [accepted, rejected, waitlisted, withdrawn, waiting, decided]],
    ['on the waiting list', waiting, [rejected, decided]],
  ])('H14: %s can’t be told otherwise, by this run or another one', async (_, told, others) => {
    for (const other of others) {
      const { last, states } = await keepAll(told, other);
      const record = aRecord(seed, { revision: 9, ...other });
      const byAnother = await database.store.records.keep(record, [], { ...otherRun, known: 9 });

      expect(last).toEqual({ kind: 'ahead', state: states[0] });
      expect(byAnother).toEqual({ kind: 'ahead', state: states[0] });
      expect(await stateOf()).toEqual(states[0]);
    }
  });

  test.each([
    ['promoted', accepted],
    ['waitlisted for good', waitlisted],
    ['withdrawn', withdrawn],
    ['failed', failed],
    ['waiting still', waiting],
  ])('H14: on the waiting list, and then %s', async (_, then) => {
    const { last, states } = await keepAll(waiting, then);

    expect(last).toEqual(kept);
    expect(await stateOf()).toEqual(states[1]);
  });

  test('H14: an acceptance keeps its outcome while its attendance changes, also once it is over', async () => {
    const { last, states } = await keepAll(answered('awaited'), answered('confirmed'), answered('declined'));

    expect(last).toEqual(kept);
    expect(await stateOf()).toEqual(states[2]);
  });

  test('a run that doesn’t know what is on record is behind, until it knows', async () => {
    const { states } = await keepAll(decided, { ...decided, conflicts: [{ by: 'Rita', at }] });
    const reset = aRecord(seed, { revision: 9, stage: 'shortlisting' });

    const behind = [
      await database.store.records.keep(reset, [], otherRun),
      await database.store.records.keep(reset, [], { ...otherRun, known: 2 }),
    ];
    const after = await stateOf();
    const knowing = await database.store.records.keep(reset, [], { ...otherRun, known: 3 });

    expect(behind).toEqual(Array(2).fill({ kind: 'ahead', state: states[1] }));
    expect(after).toEqual(states[1]);
    expect(knowing).toEqual(kept);
    expect(await stateOf()).toEqual(reset.state);
  });

  test('of a record that is behind, nothing is written: no message, no audit line, no announcement', async () => {
    await keepAll(accepted);
    const releases = [{ name: 'rejected' as const, number: 1, revision: 1, at }];
    const commands = [{ number: 7, at, by: 'Olga', command: 'decide' }];
    const record = aRecord(seed, { ...rejected, revision: 9, releases, commands });
    const before = await database.store.announcements.last(everything);

    const answer = await database.store.records.keep(record, [aMessage(seed)], otherRun);

    expect(answer).toMatchObject({ kind: 'ahead' });
    const messages = await database.store.messages.after(undefined, messageStates, 100, everything);
    expect(messages.filter(({ submission_id }) => submission_id === anId(seed))).toEqual([]);
    const audit = await database.store.audit.after(undefined, 100, everything);
    expect(audit.filter(({ submission_id }) => submission_id === anId(seed))).toEqual([]);
    expect(await database.store.announcements.last(everything)).toEqual(before);
  });

  test('the end of a terminated run is written, also if its last record was ahead of it', async () => {
    await keepAll(decided, decided, decided);
    const end = aRecord(seed, { ...failed, revision: 3 });

    const answer = await database.store.records.keep(end, [], aWriter);

    expect(answer).toEqual(kept);
    expect(await stateOf()).toEqual(end.state);
  });

  test('texts and commands that a workflow no longer carries stay on record', async () => {
    const review = { stage: 'selection' as const, by: 'Rita', at, score: 4 };
    const texts = { note: 'For the committee.', feedback: 'For the speaker.' };
    const first = { number: 1, revision: 1, at, by: 'Rita', command: 'review' };
    const second = { number: 2, at, by: 'Olga', command: 'decide' };
    await keepAll({ ...decided, reviews: [{ ...review, ...texts }], commands: [first] });
    const seen: unknown[] = [];
    const reviews = [{ ...review, textsOnRecord: digestOfTexts(texts) }];
    const light = aRecord(seed, { ...rejected, revision: 3, reviews, commands: [second] });

    await database.store.records.keep(
      light,
      (whole) => {
        seen.push(whole.state.reviews);
        return [];
      },
      { ...otherRun, known: 2 },
    );

    const whole = [{ ...review, ...texts }];
    expect(await stateOf()).toEqual({ ...light.state, reviews: whole, commands: [first, second] });
    expect(seen).toEqual([whole]);
  });

  test('a task that Temporal threw away may have been recorded: what came later replaces it, at the same revision', async () => {
    const line = (by: string) => ({ commands: [{ number: 1, at, by, command: 'review' }] });
    const thrownAway = { ...decided, ...line('Rita'), revision: 5, changedAt: '2026-11-01T12:00:01.000Z' };
    const later = { ...decided, ...line('Rolf'), revision: 4, changedAt: '2026-11-01T12:00:02.000Z' };

    const { last, states } = await keepAll(thrownAway, later);
    const slow = await database.store.records.keep(aRecord(seed, thrownAway), [], aWriter);

    expect(last).toEqual(kept);
    expect(slow).toEqual({ kind: 'kept', state: states[1] });
    expect(await stateOf()).toEqual(states[1]);
  });

  test('of writes by two runs at the same time, one outcome is told', async () => {
    seed += 1;
    const tells = [accepted, rejected, accepted, rejected].map((change, index) =>
      database.store.records.keep(aRecord(seed, { revision: 5, ...change }), [], { run: `run-${index % 2}`, known: 9 }),
    );

    const answers = await Promise.all(tells);

    const told = (await stateOf())?.course.at === 'accepted' ? 0 : 1;
    expect(answers.map(({ kind: one }) => one)).toEqual(
      [0, 1, 2, 3].map((index) => (index % 2 === told ? 'kept' : 'ahead')),
    );
  });
});
