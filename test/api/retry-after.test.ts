import { expect, test } from 'vitest';
import { retryAfterSeconds } from '../../api/retry-after.ts';
import { freshness } from '../../api/status-reader.ts';
import { publicStages } from '../../contract/stages.ts';

test.each(publicStages)(
  'H8: in %s it is a whole number of seconds, spread out, and longer than any cached copy lives',
  (stage) => {
    const seconds = Array.from({ length: 100 }, (_, at) => retryAfterSeconds(stage, () => at / 100));

    expect(seconds.every((value) => Number.isInteger(value) && value * 1_000 > freshness && value >= 1)).toBe(true);
    expect(new Set(seconds).size).toBeGreaterThan(1);
  },
);
