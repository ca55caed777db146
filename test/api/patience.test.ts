import type { Client } from '@temporalio/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSubmissions } from '../../api/submissions.ts';
import { submittedDocumentSchema } from '../../contract/status.ts';
import { anApp, post } from '../support/app.ts';
import { anId, aRequest } from '../support/fixtures.ts';

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

test('H13, H16, H22: a submit, a poll and a withdrawal are answered within 2 s when Temporal says nothing at all', async () => {
  const submitted = submittedDocumentSchema.parse(await (await post(anApp().app, aRequest())).json());
  const { app } = anApp({ submissions: createSubmissions(silent as unknown as Client) });
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
});
