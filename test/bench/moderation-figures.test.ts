import { expect, test } from 'vitest';
import { isGood, moderationFigures } from '../../bench/moderation-figures.ts';

const description = 'We moved a review process with long waits to durable workflows, and I show what became simpler.';
const talk = (change: Record<string, unknown> = {}) =>
  JSON.stringify({ title: 'Waiting well', description, language: 'eng', ...change });

test('talks and findings are counted by language', async () => {
  const figures = await moderationFigures([
    talk(),
    talk({ title: 'Idiots', description: `${description} You morons.` }),
    talk({ language: 'deu', description: 'Kurz.' }),
    talk({ language: null }),
  ]);

  expect(figures).toEqual([
    { language: 'eng', talks: 2, rejected: 0, flagged: 1, share: 50 },
    { language: 'deu', talks: 1, rejected: 0, flagged: 0, share: 0 },
    { language: 'unknown', talks: 1, rejected: 0, flagged: 0, share: 0 },
  ]);
});

test('none may be rejected, and 3 of 1,000 flagged; one is allowed', () => {
  const figures = (talks: number, flagged: number, rejected = 0) =>
    isGood({ language: 'eng', talks, rejected, flagged, share: (100 * (rejected + flagged)) / talks });

  expect([figures(1_000, 3), figures(60, 1), figures(10, 5)]).toEqual([true, true, true]);
  expect([figures(1_000, 4), figures(60, 2), figures(1_000, 0, 1)]).toEqual([false, false, false]);
});
