import type { Client } from '@temporalio/client';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLimits } from '../../api/limits/limits.ts';
import { withFallback } from '../../api/limits/speaker-quota.ts';
import { withRecords } from '../../api/status/recorded-submissions.ts';
import { createSubmissions } from '../../temporal/submissions.ts';
import { anApp, firstAnswerSchema, post } from '../support/app.ts';
import { aCall, anId, aRequest } from '../support/fixtures.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const never = () => new Promise<never>(() => undefined);

/** Temporal as a client sees it when connections are taken and nothing is ever said. */
const silent = {
  connection: { withDeadline: (_: number, call: () => Promise<unknown>) => call() },
  workflow: { start: never, getHandle: () => ({ describe: never, query: never, executeUpdate: never }) },
};

const temporal = createSubmissions(silent as unknown as Client);

/** As the store bounds each count. */
const slowCount = () => new Promise<never>((_, reject) => setTimeout(() => reject(new Error('late')), 150));

/** And the database as well. */
const nothingAnswers = {
  call: aCall({ limits: { submissionsPerSpeaker: 2 } }),
  submissions: withRecords(temporal, { find: never }, { error: () => undefined }),
  quota: withFallback({ take: never, release: never }, () => undefined),
  limits: createLimits((options) => {
    const alone = new RateLimiterMemory(options);
    return {
      consume: (key) => slowCount().catch(() => alone.consume(key)),
      get: (key) => slowCount().catch(() => alone.get(key)),
    };
  }),
};

test.each([
  ['Temporal says', { submissions: temporal }],
  ['Temporal and the database say', nothingAnswers],
])(
  'H13, H16, H22: a submit, a poll and a withdrawal are answered within 2 s when %s nothing at all',
  async (_, change) => {
    const submitted = firstAnswerSchema.parse(await (await post(anApp().app, aRequest())).json());
    const { app } = anApp(change);
    const answers = [
      post(app, aRequest()),
      post(app, aRequest(), { 'Idempotency-Key': 'a-key' }),
      app.request(`/api/submissions/${anId(1)}`),
      app.request(`/api/submissions/${submitted.id}`, {
        method: 'DELETE',
        headers: { Authorization: `Bearer ${submitted.speakerToken}` },
      }),
    ];
    const codes: number[] = [];
    for (const answer of answers) void Promise.resolve(answer).then(({ status }) => codes.push(status));

    await vi.advanceTimersByTimeAsync(1_999);

    expect(codes).toEqual([503, 503, 503, 503]);
  },
);
