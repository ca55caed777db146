import { expect, test } from 'vitest';
import { addCensusMetrics } from '../../../api/metrics/census-metrics.ts';
import { createMetrics } from '../../../process/metrics/metrics.ts';
import type { Census } from '../../../store/census.ts';

const closes = '2027-03-31T00:00:00Z';
const census: Census = {
  open: [
    { stage: 'moderation', awaits: 'moderation', count: 2, since: '2027-04-01T00:00:00Z' },
    { stage: 'moderation', awaits: 'organisers', count: 1, since: '2027-04-01T00:00:30Z' },
    { stage: 'selection', awaits: 'announcement', count: 3, since: null },
  ],
  failed: 4,
  messages: [{ state: 'parked', count: 5, oldest: '2027-04-01T00:00:50Z' }],
  undelivered: 6,
};

async function told(takeCensus: () => Promise<Census>, now: string): Promise<string[]> {
  const metrics = createMetrics({ part: 'gateway', build: 'a' });
  addCensusMetrics(metrics, { takeCensus, closes, now: () => Date.parse(now) });
  const { body } = await metrics.routes['/metrics']();
  return body.split('\n').filter((line) => /^cfs_(submission|message|answer)/.test(line));
}

test('what the database counts is told, with ages as of now', async () => {
  const lines = await told(async () => census, '2027-04-01T00:01:00Z');

  expect(lines).toEqual([
    'cfs_submissions{stage="moderation",awaits="moderation"} 2',
    'cfs_submissions{stage="moderation",awaits="organisers"} 1',
    'cfs_submissions{stage="selection",awaits="announcement"} 3',
    'cfs_submission_seconds_in_stage_max{stage="moderation"} 60',
    'cfs_submissions_failed 4',
    'cfs_messages{state="pending"} 0',
    'cfs_messages{state="sending"} 0',
    'cfs_messages{state="refused"} 0',
    'cfs_messages{state="bounced"} 0',
    'cfs_messages{state="parked"} 5',
    'cfs_messages{state="held"} 0',
    'cfs_messages_oldest_seconds{state="parked"} 10',
    'cfs_answers_undelivered_before_closing 6',
  ]);
});

test('while the call still takes talks, nothing holds up its closing', async () => {
  const lines = await told(async () => census, '2027-03-30T00:00:00Z');

  expect(lines.at(-1)).toBe('cfs_answers_undelivered_before_closing 0');
});

test.each([
  ['fails', () => Promise.reject(new Error('away'))],
  ['hangs', () => new Promise<never>(() => undefined)],
])('nothing is told while the database %s, and the scrape comes to its end', async (_, takeCensus) => {
  expect(await told(takeCensus, '2027-04-01T00:01:00Z')).toEqual([]);
});
