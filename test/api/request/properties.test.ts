import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noLimits } from '../../../api/limits/limits.ts';
import { statusDocumentSchema } from '../../../contract/http/status.ts';
import { isTerminal } from '../../../contract/http/statuses.ts';
import { initialState } from '../../../contract/initial-state.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import type { Conclusion } from '../../../contract/record.ts';
import { anApp, firstAnswerSchema } from '../../support/app.ts';
import { aCall, access, anId, aRequest, planted, tokens } from '../../support/fixtures.ts';
import { aState } from '../../support/records.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What HTTP lets into a field. */
const aValue = fc.string({ unit: fc.constantFrom(...'aZ09 ",;:=*/\\-_.~\u00ff'), maxLength: 40 });

const someHeaders = fc.dictionary(
  fc.constantFrom(
    'Accept',
    'Authorization',
    'Content-Type',
    'Idempotency-Key',
    'If-None-Match',
    'Origin',
    'Prefer',
    'X-Request-Id',
  ),
  fc.oneof(
    aValue,
    fc.constantFrom(
      '*',
      'wait=3',
      'wait=0',
      'application/json',
      'a-key',
      'https://page.example',
      `Bearer ${tokens.reviewer}`,
    ),
  ),
);

const aPath = fc.oneof(
  fc.constantFrom('/api/submissions', '/api/organiser/call', '/openapi.json', '/problems', '/reference', '/'),
  fc.string({ unit: fc.constantFrom(...'az09%2fE/.-?=#'), maxLength: 40 }).map((text) => `/api/submissions/${text}`),
  fc.string({ unit: fc.constantFrom(...'az09%2fE/.-?=#'), maxLength: 40 }).map((text) => `/${text}`),
);

const aConclusion = fc.constantFrom<Conclusion>(
  { kind: 'accepted' },
  { kind: 'rejected' },
  { kind: 'failed', error: 'processing-failed' },
);

/** One of the things that may happen, to a submission that is there (by its number) or to none. */
const aStep = fc.oneof(
  fc.record({
    kind: fc.constant('submit' as const),
    key: fc.constantFrom('', 'one', 'two'),
    title: fc.constantFrom('A talk', 'Another'),
  }),
  fc.record({ kind: fc.constant('poll' as const), at: fc.nat(5), headers: someHeaders }),
  fc.record({ kind: fc.constant('withdraw' as const), at: fc.nat(5), isOwn: fc.boolean() }),
  fc.record({ kind: fc.constant('conclude' as const), at: fc.nat(5), conclusion: aConclusion }),
  fc.record({
    kind: fc.constant('anything' as const),
    method: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'),
    path: aPath,
    headers: someHeaders,
    content: fc.oneof(fc.json(), fc.string()),
  }),
);

type Step = typeof aStep extends fc.Arbitrary<infer One> ? One : never;

function requestOf(step: Exclude<Step, { kind: 'conclude' }>, path: string, token: string): [string, RequestInit] {
  switch (step.kind) {
    case 'submit': {
      const key = step.key ? { 'Idempotency-Key': step.key } : {};
      const headers = { 'Content-Type': 'application/json', ...key };
      return ['/api/submissions', { method: 'POST', headers, body: JSON.stringify(aRequest({ title: step.title })) }];
    }
    case 'poll':
      return [path, { headers: step.headers }];
    case 'withdraw':
      return [path, { method: 'DELETE', headers: { Authorization: `Bearer ${step.isOwn ? token : 'wrong'}` } }];
    case 'anything': {
      const { method, headers, content } = step;
      const body = method === 'GET' || method === 'HEAD' ? {} : { body: content };
      return [`http://any.example${step.path}`, { method, headers, ...body }];
    }
    default:
      return step satisfies never;
  }
}

// So that the sequences go to each end, however the others fall.
const submit: Step = { kind: 'submit', key: '', title: 'A talk' };
const poll: Step = { kind: 'poll', at: 0, headers: { 'If-None-Match': '*' } };
const withdraw: Step = { kind: 'withdraw', at: 0, isOwn: true };
const wayToConclusion: Step[] = [
  submit,
  poll,
  { kind: 'conclude', at: 0, conclusion: { kind: 'rejected' } },
  withdraw,
  { ...poll, headers: {} },
];
const wayToWithdrawal: Step[] = [submit, { ...withdraw, isOwn: false }, withdraw, withdraw, { ...poll, headers: {} }];

type Known = { id: string; speakerToken: string };

test('H1 to H5, H14, H15, H22, H25: no sequence of requests is answered by a 5xx, a hang, or a word too many', async () => {
  const seen = new Set<number>();

  await fc.assert(
    fc.asyncProperty(fc.array(aStep, { maxLength: 12 }), async (steps) => {
      const { app, started } = anApp({
        limits: noLimits,
        corsOrigins: ['https://page.example'],
        access,
        call: aCall(),
      });
      const known: Known[] = [];
      const final = new Map<string, string>();

      for (const step of steps) {
        const one = 'at' in step ? known[step.at] : undefined;
        const { id, speakerToken } = one ?? { id: anId(99), speakerToken: '1.none' };
        const path = `/api/submissions/${id}`;
        if (step.kind === 'conclude') {
          for (const entry of started.values())
            if (entry.input.id === id && !isTerminal(entry.status))
              entry.status = publicStatus(aState(initialState(entry.input), { conclusion: step.conclusion }));
          continue;
        }
        const response = await answered(app.request(...requestOf(step, path, speakerToken)));

        seen.add(response.status);
        expect(response.status).toBeLessThan(500);
        const text = await response.text();
        const all = text + JSON.stringify([...response.headers]);
        for (const word of Object.values(planted)) expect(all).not.toContain(word);
        if (response.status >= 400) expect(response.headers.get('Content-Type')).toBe('application/problem+json');
        if (step.kind === 'submit' && response.status === 202) known.push(firstAnswerSchema.parse(JSON.parse(text)));
        if ((step.kind === 'poll' || step.kind === 'withdraw') && response.status < 300) {
          const status = statusDocumentSchema.parse(JSON.parse(text));
          // Terminal is final, whatever comes after it.
          if (final.has(id)) expect(text).toBe(final.get(id));
          if (isTerminal(status)) final.set(id, text);
        }
        if (step.kind === 'withdraw' && (one === undefined || !step.isOwn)) expect(response.status).toBe(401);
      }
    }),
    { numRuns: 250, examples: [[wayToConclusion], [wayToWithdrawal]] },
  );

  // That the sequences go anywhere at all.
  for (const status of [200, 202, 304, 401, 404, 405, 409]) expect(seen).toContain(status);
});

/** The answer, within the longest time that a request may be held. */
async function answered(request: Response | Promise<Response>): Promise<Response> {
  let isAnswered = false;
  const answer = Promise.resolve(request).finally(() => {
    isAnswered = true;
  });
  // Looked at below; until then it is no unhandled rejection.
  answer.catch(() => undefined);
  for (let seconds = 0; seconds < 60 && !isAnswered; seconds += 1) await vi.advanceTimersByTimeAsync(seconds * 100);
  if (!isAnswered) throw new Error('the request hangs');
  return answer;
}
