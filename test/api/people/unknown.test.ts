import { describe, expect, test } from 'vitest';
import { createSpeakerTokens, type Purpose } from '../../../process/speaker-tokens.ts';
import { anApp, aPort, problemOf } from '../../support/app.ts';
import { anId, speakerTokenKeys } from '../../support/fixtures.ts';

const id = anId(9);
const tokens = createSpeakerTokens(speakerTokenKeys);
const source = { name: 'nothing', read: async () => ({ kind: 'unknown' as const }) };

const patch = { 'Content-Type': 'application/merge-patch+json', 'If-Match': '*' };

type Asked = [
  method: string,
  path: string,
  who: Purpose | 'speaker',
  content?: object,
  headers?: Record<string, string>,
];

const asked: Asked[] = [
  ['POST', 'proof', 'proof', { answer: 'mine' }],
  ['GET', 'co-speaker', 'co-speaker'],
  ['PUT', 'co-speaker', 'co-speaker', { answer: 'accepted' }],
  ['POST', 'address-undo', 'undo'],
  ['POST', 'tokens', 'speaker'],
  ['GET', 'proposal', 'speaker'],
  ['PATCH', 'proposal', 'speaker', { title: 'Another' }, patch],
  ['DELETE', '', 'speaker'],
];

describe('a submission that was lost with a database, by a token that was mailed before', () => {
  test.each(asked)('H30: %s /%s is 404', async (method, path, who, content, headers = {}) => {
    const { app } = anApp({ submissions: aPort({ source, withdraw: async () => ({ kind: 'unknown' }) }) });
    const token = who === 'speaker' ? tokens.of(id) : tokens.ofPurpose(who, id, 1);

    const answer = await app.request(`/api/submissions/${id}${path && `/${path}`}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers },
      ...(content && { body: JSON.stringify(content) }),
    });

    expect((await problemOf(answer)).status).toBe(404);
  });
});
