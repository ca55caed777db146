import { expect, test } from 'vitest';
import { createTracedAnswers } from '../../../api/watching/traced-answers.ts';
import { anApp, post } from '../../support/app.ts';
import { aRequest } from '../../support/fixtures.ts';

/** An app, and the names of the spans that it has begun. */
function aTracedApp() {
  const names: string[] = [];
  const begin = (name: string) => {
    names.push(name);
    return undefined;
  };
  return { ...anApp({ around: createTracedAnswers({ begin }) }), names };
}

const times = async (count: number, act: () => unknown) => {
  for (let at = 0; at < count; at += 1) await act();
};

test('of the reads of a route the first has a span, and every tenth after it', async () => {
  const { app, names } = aTracedApp();

  await times(10, () => app.request('/api/submissions/aaaaaaaaaaaaaaaaaaaaaa'));
  expect(names).toEqual(['GET /api/submissions/{id}']);

  await times(1, () => app.request('/api/submissions/aaaaaaaaaaaaaaaaaaaaaa', { method: 'HEAD' }));
  await times(1, () => app.request('/api/call'));
  expect(names).toEqual(['GET /api/submissions/{id}', 'HEAD /api/submissions/{id}', 'GET /api/call']);
});

test('each request that may change something has one', async () => {
  const { app, names } = aTracedApp();

  await times(11, () => post(app, aRequest()));

  expect(names).toEqual(Array(11).fill('POST /api/submissions'));
});
