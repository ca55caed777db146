import { readdirSync, readFileSync } from 'node:fs';
import { type Context, Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { parseAst } from 'vitest/node';
import { findInsults } from '../../../activities/texts/find-insults.ts';
import { bearerToken } from '../../../api/http/bearer.ts';
import { createClientAddress } from '../../../api/http/client-address.ts';
import { isKnown } from '../../../api/http/entity-tag.ts';
import { preferredWait } from '../../../api/http/preferred-wait.ts';
import { noLimits } from '../../../api/limits/limits.ts';
import { idempotencyKeyOf } from '../../../api/request/idempotency-key.ts';
import { readJson } from '../../../api/request/json-content.ts';
import { listQuery } from '../../../api/request/list-query.ts';
import { readQuery } from '../../../api/request/read-query.ts';
import { definitions } from '../../../api/routes/routes.ts';
import { apiUrl } from '../../../client/url.ts';
import { deadlineRequest, decisionRequest, reviewRequestFor } from '../../../contract/http/requests.ts';
import { initialState } from '../../../contract/initial-state.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import { submissionSchemaFor } from '../../../contract/submission.ts';
import { parseSubmissionId } from '../../../contract/submission-id.ts';
import { wordsOf } from '../../../contract/text/words.ts';
import { anApp, aPort } from '../../support/app.ts';
import { aCall, anId, anInput, aRequest, tokens } from '../../support/fixtures.ts';
import { attacks, expectLinear } from '../../support/linear.ts';
import { rooms } from '../../support/rooms.ts';

const root = new URL('../../../', import.meta.url);
const sources = rooms.flatMap((room) =>
  readdirSync(new URL(room, root), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${room}/${name}`),
);

type Found = { file: string; pattern: RegExp };

function patternsIn(file: string): Found[] {
  const found: Found[] = [];
  const program = parseAst(readFileSync(new URL(file, root), 'utf8'), { lang: 'ts' }, file);
  visit(program);
  return found;

  function visit(node: unknown): void {
    if (typeof node !== 'object' || node === null) return;
    if ('regex' in node && 'value' in node && node.value instanceof RegExp) found.push({ file, pattern: node.value });
    for (const value of Object.values(node)) visit(value);
  }
}

const patterns = sources.flatMap(patternsIn);

describe('a pattern takes twice the time for twice the text, at the most', () => {
  test.each(patterns)('$pattern in $file', async ({ pattern }) => {
    await expectLinear(pattern.global ? (text) => text.replace(pattern, '') : (text) => pattern.exec(text));
  });
});

/** They are made of parts, so that they can be given to JSON Schema, too: the schemas that they are in are read below. */
const composed = [
  'activities/texts/insulting-phrases.ts',
  'activities/texts/insults.ts',
  'contract/text/email.ts',
  'contract/text/language-tag.ts',
  'contract/text/link.ts',
  'contract/text/text.ts',
  'contract/text/words.ts',
];

test('no other pattern is made of parts', () => {
  const found = sources.filter((file) => /new RegExp\(/.test(readFileSync(new URL(file, root), 'utf8')));

  expect(found.sort()).toEqual(composed);
});

/** What a route reads of a request, without the rest of the app. */
function inContext(read: (c: Context) => unknown, headers: Record<string, string>, { path = '/', incoming = {} } = {}) {
  const app = new Hono().all('*', async (c) => {
    await read(c);
    return c.body(null);
  });
  app.onError((_, c) => c.body(null));
  return app.fetch(new Request(`http://a${path}`, { method: 'POST', headers }), { incoming });
}

const addressOf = createClientAddress(['10.0.0.0/8', '::1']);
const proxied = (text: string) => ({ headers: { 'x-forwarded-for': text }, socket: { remoteAddress: '10.0.0.1' } });
const submission = submissionSchemaFor(aCall());
const review = reviewRequestFor(aCall());

const readers: [string, (text: string) => unknown][] = [
  ['Prefer', preferredWait],
  ['If-None-Match', (text) => isKnown('"o1zqYpD6mV3rGfJwB2kXsA"', text)],
  ['If-None-Match, with a mark', (text) => isKnown('"a"', `"a-${text}"`)],
  ['Authorization', (text) => inContext(bearerToken, { Authorization: `Bearer ${text}` })],
  ['Idempotency-Key', (text) => inContext(idempotencyKeyOf, { 'Idempotency-Key': text })],
  ['Content-Type', (text) => inContext((c) => readJson(c.req), { 'Content-Type': text })],
  ['the parameters of Content-Type', (text) => inContext((c) => readJson(c.req), { 'Content-Type': `a/b;${text}` })],
  ['X-Forwarded-For', (text) => inContext(addressOf, {}, { incoming: proxied(text) })],
  ['a query', (text) => inContext((c) => readQuery(c, listQuery), {}, { path: `/?${text}` })],
  ...definitions.flatMap(({ operationId, takes }) =>
    Object.keys(takes?.query?.shape ?? {}).map((name): [string, (text: string) => unknown] => [
      `?${name}= of ${operationId}`,
      (text) => takes?.query?.safeParse({ [name]: text }),
    ]),
  ),
  ...['title', 'description', 'track', 'format', 'level', 'language', 'notes'].map(
    (name): [string, (text: string) => unknown] => [name, (text) => submission.safeParse(aRequest({ [name]: text }))],
  ),
  ['a link', (text) => submission.safeParse(aRequest({ links: [`https://${text}`] }))],
  ['a speaker', (text) => submission.safeParse(aRequest({ speaker: { name: text, email: text, country: text } }))],
  ['a co-speaker', (text) => submission.safeParse(aRequest({ coSpeakers: [{ name: text, email: `a@${text}` }] }))],
  ['a consent', (text) => submission.safeParse(aRequest({ consents: { [text]: text } }))],
  ['a review', (text) => review.safeParse({ scores: { [text]: 1 }, note: text })],
  ['a decision', (text) => decisionRequest.safeParse({ stage: text, outcome: text, reason: text })],
  ['a date', (text) => deadlineRequest.safeParse({ due: `2027-03-01T18:00:00.${text}` })],
  ['the id of a submission', parseSubmissionId],
  ['insults', (text) => findInsults(text)],
  ['words', wordsOf],
  ['what a client is told', (text) => apiUrl(`https://a/${text}`, 'submissions', text)],
];

/** Enough for what does more than one pattern. */
const some = attacks.filter(({ beginning, end }) => beginning !== 'https://a' && (end === '"' || end === '!'));

describe('so does what reads text from outside with patterns of others, or by hand', () => {
  test.each(readers)('%s', async (_, read) => {
    await expectLinear(read, some);
  });
});

describe('so does the whole gateway, with whatever is in a header field', () => {
  const status = publicStatus(initialState(anInput({ id: anId(1) })));
  const { plain: app } = anApp({
    limits: noLimits,
    corsOrigins: ['https://a.example'],
    submissions: aPort({ source: { name: 'one', read: async () => ({ kind: 'found', status }) } }),
  });

  test.each([
    ...[
      'Accept',
      'Authorization',
      'Content-Encoding',
      'Content-Type',
      'Cookie',
      'Forwarded',
      'Host',
      'Idempotency-Key',
    ],
    ...['If-Match', 'If-None-Match', 'If-Unmodified-Since', 'Origin', 'Prefer', 'X-Forwarded-For', 'X-Request-Id'],
    'Access-Control-Request-Headers',
  ])('%s', async (name) => {
    await expectLinear(
      (text) => ask(name, text),
      some.filter(({ beginning, end }) => beginning === '' && end === '!'),
    );
  });

  /** Through the way of a request that is refused, and of one that is answered. */
  async function ask(name: string, text: string) {
    const init = {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${tokens.organiser}`, [name]: text },
      body: '{}',
    };
    await app.fetch(new Request(`http://a/api/organiser/submissions/${anId(1)}/decision`, init));
    await app.fetch(new Request(`http://a/api/submissions/${anId(1)}`, { headers: { [name]: text } }));
  }
});
