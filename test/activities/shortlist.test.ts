import { describe, expect, test } from 'vitest';
import { shortlist } from '../../activities/shortlist.ts';
import type { Criterion } from '../../contract/call/criteria.ts';
import { proposalOf } from '../../contract/proposal.ts';
import { aSubmission } from '../support/fixtures.ts';

const criterion = (measure: Criterion['measure'], change: Partial<Criterion> = {}): Criterion => ({
  id: measure.kind,
  question: 'How much of it?',
  weight: 1,
  measure,
  ...change,
});

const ratingOf = async (measure: Criterion['measure'], change: Record<string, unknown>) => {
  const { ratings } = await shortlist(proposalOf(aSubmission(change)), [criterion(measure)], { floor: 1 });
  return ratings?.[0];
};

describe('shortlist', () => {
  test('rates mentions by whole words, in title and description, in any case', async () => {
    const measure = { kind: 'mentions' as const, phrases: ['you will learn', 'retry', 'cat'], enough: 2 };

    expect(
      await ratingOf(measure, { title: 'RETRY!', description: 'In this talk, YOU will  learn of category.' }),
    ).toEqual({
      criterion: 'mentions',
      rating: 5,
      reason: '2 of 2 phrases mentioned',
    });
    expect(
      await ratingOf(measure, { title: 'Retrying', description: 'You will — so I hope — learn something.' }),
    ).toEqual({
      criterion: 'mentions',
      rating: 1,
      reason: '0 of 2 phrases mentioned',
    });
  });

  test('rates the words of the description up to what is enough', async () => {
    const measure = { kind: 'words' as const, enough: 8 };

    expect((await ratingOf(measure, { description: 'Four words, no more.' }))?.rating).toBe(3);
    expect((await ratingOf(measure, { description: 'word '.repeat(100) }))?.rating).toBe(5);
  });

  test('rates a language without spaces by its characters, two for a word, and finds phrases in it', async () => {
    const description = '私たちは長い待ち時間のあるワークフローを学びました。';

    expect((await ratingOf({ kind: 'words', enough: 24 }, { description }))?.reason).toBe(
      '13 of 24 words of description',
    );
    expect(
      (await ratingOf({ kind: 'mentions', phrases: ['待ち時間', '失敗'], enough: 2 }, { description }))?.reason,
    ).toBe('1 of 2 phrases mentioned');
  });

  test('rates the fields that are given', async () => {
    const measure = {
      kind: 'given' as const,
      fields: ['bio' as const, 'level' as const, 'links' as const, 'notes' as const],
    };

    expect(await ratingOf(measure, { links: [], level: 'advanced' })).toEqual({
      criterion: 'given',
      rating: 4,
      reason: '3 of 4 fields given',
    });
  });

  test('weighs the ratings by the criteria', async () => {
    const criteria = [
      criterion({ kind: 'words', enough: 1 }, { weight: 3 }),
      criterion({ kind: 'mentions', phrases: ['zebra'], enough: 1 }, { weight: 1 }),
    ];

    const verdict = await shortlist(proposalOf(aSubmission()), criteria, { floor: 1 });

    expect(verdict).toMatchObject({ outcome: 'passed', automaticScore: 4, reasons: [{ code: 'on-the-shortlist' }] });
  });

  test('rejects what is below the floor on any criterion, and says on which', async () => {
    const criteria = [
      criterion({ kind: 'words', enough: 1 }),
      criterion({ kind: 'mentions', phrases: ['zebra'], enough: 1 }),
    ];

    const verdict = await shortlist(proposalOf(aSubmission()), criteria, { floor: 2 });

    expect(verdict).toMatchObject({
      outcome: 'rejected',
      reasons: [{ code: 'below-floor', detail: 'mentions is rated 1; the floor is 2.' }],
    });
  });
});
