import { expect, test } from 'vitest';
import { publicCallSchema } from '../../../contract/http/public-call.ts';
import { anApp } from '../../support/app.ts';
import { aCall } from '../../support/fixtures.ts';

const consents = [{ id: 'photos', version: '3', text: 'Photos will be taken.' }];
const automatic = { kind: 'automatic' };
const panel = { kind: 'panel', quorum: 2, deadline: '14d', whenDue: 'escalate' };

async function callOf(change: Record<string, unknown> = {}) {
  const { app } = anApp({ call: aCall(change) });
  return publicCallSchema.parse(await (await app.request('/api/call')).json());
}

test('H41: GET /api/call has what a form is built from, and nothing of how the service rates', async () => {
  const call = await callOf({
    consents,
    stages: {
      moderation: { policy: automatic, languages: ['en'], maxLinks: 1, minWords: 5 },
      shortlisting: { policy: automatic, floor: 1 },
      selection: { policy: panel, bar: 3 },
    },
    attendance: { deadline: '7d', cancelUntil: '2099-06-01T00:00:00Z' },
  });

  expect(call).toEqual({
    name: 'Test Conf',
    contact: 'programme@example.org',
    timeZone: 'UTC',
    opens: '2020-01-01T00:00:00Z',
    closes: '2099-12-31T23:59:59Z',
    disclosure: 'progress',
    tracks: ['web', 'data'],
    formats: ['talk', 'workshop'],
    levels: ['beginner', 'intermediate', 'advanced'],
    limits: expect.objectContaining({ title: { minCharacters: 1, maxCharacters: 200 }, coSpeakers: { maxItems: 5 } }),
    consents,
    criteria: [{ id: 'substance', question: 'Is there enough to judge by?' }],
    stages: [
      { stage: 'moderation', by: 'automatic' },
      { stage: 'shortlisting', by: 'automatic' },
      { stage: 'selection', by: 'people' },
    ],
    edits: {
      until: '2099-12-31T23:59:59Z',
      afterAcceptance: ['title', 'description', 'speaker.name', 'speaker.bio'],
    },
    attendance: { cancelUntil: '2099-06-01T00:00:00Z' },
  });
});

test('H41: says until when a talk may be edited, if it is not the end of the call', async () => {
  const { edits } = await callOf({ edits: { until: '2099-11-30T12:00:00+01:00' }, editsAfterAcceptance: ['notes'] });

  expect(edits).toEqual({ until: '2099-11-30T12:00:00+01:00', afterAcceptance: ['notes'] });
});

test('H41: the call may be stored by anyone for a minute, and revalidated', async () => {
  const { app } = anApp();
  const first = await app.request('/api/call');
  const tag = first.headers.get('ETag') ?? '';

  const again = await app.request('/api/call', { headers: { 'If-None-Match': tag } });

  expect(first.headers.get('Cache-Control')).toBe('public, max-age=60, no-transform');
  expect(again.status).toBe(304);
  expect(await again.text()).toBe('');
});
