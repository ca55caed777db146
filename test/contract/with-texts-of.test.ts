import { describe, expect, test } from 'vitest';
import { digestOfTexts } from '../../contract/lifecycle/carried.ts';
import type { SubmissionState } from '../../contract/state.ts';
import { withTextsOf } from '../../contract/with-texts-of.ts';
import { aRecord } from '../support/records.ts';

const at = '2026-11-01T12:00:00.000Z';
const later = '2026-11-01T13:00:00.000Z';
const stateWith = (change: Partial<SubmissionState>) => aRecord(1, change).state;
const review = { stage: 'shortlisting' as const, by: 'Rita', at, score: 4 };
const texts = { note: 'the note', feedback: 'the feedback' };
const elsewhere = { textsOnRecord: digestOfTexts(texts) };

describe('the texts on record', () => {
  test('complete the reviews of the same stage, person and text, and no other', () => {
    const recorded = stateWith({
      reviews: [
        { ...review, stage: 'selection', note: 'of another stage' },
        { ...review, by: 'Rolf', note: 'of another person' },
        { ...review, ...texts },
      ],
    });
    const state = stateWith({
      reviews: [
        // A task that is replayed may have another time.
        { ...review, at: later, ...elsewhere },
        { ...review, by: 'Rosa', ...elsewhere },
        { ...review, by: 'Rolf', at: later, note: 'written since' },
      ],
    });

    const whole = withTextsOf(state, recorded);

    expect(whole).toEqual({
      ...state,
      reviews: [
        { ...review, at: later, ...texts },
        { ...review, by: 'Rosa' },
        { ...review, by: 'Rolf', at: later, note: 'written since' },
      ],
    });
  });

  test('complete conflicts with their reasons', () => {
    const recorded = stateWith({ conflicts: [{ by: 'Rita', at, reason: 'We work together.' }] });

    const whole = withTextsOf(stateWith({ conflicts: [{ by: 'Rita', at, textsOnRecord: true }] }), recorded);

    expect(whole).toEqual(recorded);
  });

  test('don’t bring back what was changed or taken away since', () => {
    const recorded = stateWith({ reviews: [{ ...review, note: 'the note' }], conflicts: [{ by: 'Olga', at }] });
    const state = stateWith({ reviews: [{ ...review, at: later }], conflicts: [] });

    expect(withTextsOf(state, recorded)).toEqual(state);
  });

  test('include the commands that came before, in their order', () => {
    const command = (number: number) => ({ number, at, by: 'Olga', command: 'decide' });
    const recorded = stateWith({ commands: [command(1), command(2)] });

    const whole = [
      withTextsOf(stateWith({ commands: [command(2), command(3)] }), recorded),
      withTextsOf(stateWith({}), recorded),
    ];

    expect(whole.map(({ commands }) => commands?.map(({ number }) => number))).toEqual([
      [1, 2, 3],
      [1, 2],
    ]);
  });

  test('are not missed without a record: only the mark is dropped', () => {
    const state = stateWith({
      reviews: [{ ...review, ...elsewhere }],
      conflicts: [{ by: 'Olga', at, textsOnRecord: true }],
    });

    expect(withTextsOf(state)).toEqual(stateWith({ reviews: [review], conflicts: [{ by: 'Olga', at }] }));
  });
});
