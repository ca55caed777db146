import { expect, test } from 'vitest';
import { createLimits } from '../../../api/limits/limits.ts';
import { anApp, problemOf, problemType } from '../../support/app.ts';
import { aCall, aRequest } from '../../support/fixtures.ts';

const dryRun = (
  { app }: ReturnType<typeof anApp>,
  content: unknown,
  headers: Record<string, string> = {},
  query = '?dry-run',
) =>
  app.request(`/api/submissions${query}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(content),
  });

test('H41: a dry run of a talk that would be received is 204, and starts nothing', async () => {
  const gateway = anApp();

  const response = await dryRun(gateway, aRequest());

  expect(response.status).toBe(204);
  expect(await response.text()).toBe('');
  expect(response.headers.get('Cache-Control')).toBe('no-store');
  expect(gateway.started.size).toBe(0);
});

test('H41: a dry run has the problems of a submit', async () => {
  const gateway = anApp();

  const response = await dryRun(gateway, aRequest({ title: '' }));

  expect(await problemOf(response)).toMatchObject({
    type: problemType('invalid-submission'),
    errors: [{ detail: 'must not be empty', pointer: '/title' }],
  });
});

test.each([
  ['call-not-open', { opens: '2099-01-01T00:00:00Z' }],
  ['call-closed', { closes: '2021-01-01T00:00:00Z' }],
])('H41: a dry run says %s', async (code, change) => {
  const gateway = anApp({ call: aCall(change) });

  const response = await dryRun(gateway, aRequest());

  expect(await problemOf(response)).toMatchObject({ type: problemType(code) });
});

test('H41: a dry run knows neither the limit per speaker nor the Idempotency-Key', async () => {
  const gateway = anApp({ call: aCall({ limits: { submissionsPerSpeaker: 1 } }) });
  await gateway.app.request('/api/submissions', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'one' },
    body: JSON.stringify(aRequest()),
  });

  const other = await dryRun(gateway, aRequest({ title: 'Another' }), { 'Idempotency-Key': 'one' });

  expect(other.status).toBe(204);
  expect(gateway.started.size).toBe(1);
});

test('H41: dry runs are charged like submits', async () => {
  const gateway = anApp({ limits: createLimits() });
  for (let time = 0; time < 300; time += 1) await dryRun(gateway, aRequest());

  const response = await dryRun(gateway, aRequest());

  expect(await problemOf(response)).toMatchObject({ status: 429 });
});

test.each(['?dry-run=true', '?dry-run=false', '?dry-run&dry-run'])(
  '%s is refused, and starts nothing',
  async (query) => {
    const gateway = anApp();

    const response = await dryRun(gateway, aRequest(), {}, query);

    expect(await problemOf(response)).toMatchObject({ type: problemType('invalid-query') });
    expect(gateway.started.size).toBe(0);
  },
);
