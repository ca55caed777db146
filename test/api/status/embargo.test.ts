import { readdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { createApp } from '../../../api/app.ts';
import { poll } from '../../../client/index.ts';
import { rulesOf } from '../../../contract/call/call.ts';
import { initialState } from '../../../contract/initial-state.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import type { SubmissionState } from '../../../contract/state.ts';
import { anApp, aPort } from '../../support/app.ts';
import { behindTheCurtain } from '../../support/behind-the-curtain.ts';
import { access, anId, anInput, aRequest, publicUrl, tokens } from '../../support/fixtures.ts';
import { useGateways } from '../../support/gateways.ts';
import { aPanelCall, scores } from '../../support/people.ts';
import { testThatHistoriesReplay, useDevServer, withWorker } from '../../support/temporal.ts';

const embargo = { disclosure: 'until-announced', announcement: 'by-organisers', attendance: { deadline: '10d' } };
const call = aPanelCall({}, embargo);
const id = anId(1);
const at = '2026-11-01T12:00:00.000Z';

/** A gateway for one submission that is as it is behind the curtain; its chances are those of every other one. */
function aGatewayFor(change: Partial<SubmissionState>) {
  const status = publicStatus({
    ...initialState(anInput({ id, createdAt: at, rules: rulesOf(call) })),
    lastUpdatedAt: '2026-11-01T12:00:01.000Z',
    ...change,
  });
  const source = { name: 'state', read: async () => ({ kind: 'found', status }) as const };
  return anApp({ call, submissions: aPort({ source }), now: () => new Date('2026-11-02') }).app;
}

type App = Pick<ReturnType<typeof createApp>, 'request'> | ReturnType<typeof aGatewayFor>;

/** All that a client can get out of it, byte by byte. */
async function allOf(app: App, own: string, token = 'wrong'): Promise<string[]> {
  const url = `/api/submissions/${own}`;
  const first = await app.request(url);
  const ifNoneMatch = { 'If-None-Match': first.headers.get('ETag') ?? '' };
  const answers = [
    first,
    await app.request(url, { method: 'HEAD' }),
    await app.request(url, { headers: ifNoneMatch }),
    await app.request(url, { headers: { 'If-None-Match': '"another"' } }),
    await app.request(url, { method: 'PUT' }),
    await app.request(url, { method: 'DELETE', headers: { Authorization: 'Bearer wrong' } }),
    await app.request(`${url}/attendance`, {
      method: 'PUT',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: '{"attendance":"confirmed"}',
    }),
    await app.request(`/api/organiser/submissions/${own}`),
    await app.request('/api/organiser/announcements/trigger', { headers: { Authorization: 'Bearer wrong' } }),
  ];
  return Promise.all(
    answers.map(async (answer) => {
      const { 'x-request-id': _, ...headers } = Object.fromEntries(answer.headers);
      return JSON.stringify([answer.status, headers, await answer.text()]);
    }),
  );
}

describe('H19: before the announcement', () => {
  test('two submissions that differ only in what was decided have the same bytes in every answer', async () => {
    await fc.assert(
      fc.asyncProperty(behindTheCurtain, behindTheCurtain, fc.nat(), async (one, other, seed) => {
        const seen: string[][] = [];
        for (const change of [one, other]) {
          let at = seed;
          vi.spyOn(Math, 'random').mockImplementation(() => {
            at = (at * 1_103_515_245 + 12_345) % 2_147_483_648;
            return at / 2_147_483_648;
          });
          vi.setSystemTime(new Date('2026-11-02T00:00:00Z'));
          seen.push(await allOf(aGatewayFor(change), id));
        }
        vi.restoreAllMocks();
        vi.useRealTimers();

        expect(seen[0]).toEqual(seen[1]);
        expect(seen[0]?.[0]).toContain('\\"stage\\":\\"under-review\\"');
      }),
      { numRuns: 60 },
    );
  });

  test('a client behaves the same to both', async () => {
    await fc.assert(
      fc.asyncProperty(behindTheCurtain, behindTheCurtain, async (one, other) => {
        const heard = [];
        for (const change of [one, other]) {
          const app = aGatewayFor(change);
          const over = new AbortController();
          const asked: string[] = [];
          const fetch = async (url: URL, init: RequestInit) => {
            asked.push(`${init.method ?? 'GET'} ${url.pathname} ${JSON.stringify(init.headers)}`);
            return app.request(url.pathname, init);
          };
          const seen = [];
          for await (const status of poll(`${publicUrl}/api/submissions/${id}`, { fetch, signal: over.signal })) {
            seen.push(status);
            break;
          }
          heard.push(JSON.stringify([asked, seen]));
        }

        expect(heard[0]).toBe(heard[1]);
      }),
      { numRuns: 20 },
    );
  });
});

const server = useDevServer();
const { aGateway, submitTo, poll: pollUntil } = useGateways(server);

/** What people may do behind the curtain. */
const deeds = fc.array(
  fc.oneof(
    fc.constant(['PUT', 'review', { scores, feedback: 'Well done.' }] as const),
    fc
      .constantFrom('passed', 'rejected', 'waitlisted')
      .map(
        (outcome) => ['PUT', 'decision', { stage: 'selection', outcome, override: true, reason: 'So be it.' }] as const,
      ),
    fc.constant(['PUT', 'deadline', { due: '2098-01-01T00:00:00Z' }] as const),
  ),
  { minLength: 1, maxLength: 4 },
);

test('H19: whatever people do in the real service, it can not be seen before the announcement', async () => {
  const pairs = fc.sample(fc.tuple(deeds, deeds), { numRuns: 4, seed: 7 });

  const seen = await withWorker(server, async () => {
    const app = aGateway({ call, access });
    const ask = async (method: string, path: string, content?: object) =>
      app.request(`/api/organiser${path}`, {
        method,
        headers: { Authorization: `Bearer ${tokens.organiser}`, 'Content-Type': 'application/json' },
        ...(content ? { body: JSON.stringify(content) } : {}),
      });
    const begin = await ask('GET', '/announcements/trigger');
    const seen = [];
    for (const pair of pairs) {
      const both = [];
      for (const list of pair) {
        const submitted = await submitTo(app, aRequest());
        await pollUntil(app, submitted.id, ({ stage }) => stage === 'under-review');
        // Until its panel is at work.
        while (!(await (await ask('GET', `/submissions/${submitted.id}`)).text()).includes('"panel"')) await delay(20);
        const codes = [];
        for (const [method, what, content] of list)
          codes.push((await ask(method, `/submissions/${submitted.id}/${what}`, content)).status);
        expect(codes[0]).toBe(200);
        both.push(submitted);
      }
      // Longer than any copy of the first status lives.
      await delay(1_600);
      seen.push(await Promise.all(both.map(async (one) => ownOf(one.id, await allOf(app, one.id, one.speakerToken)))));
    }
    const begun = (begin.headers.get('Location') ?? '').replace(/^.*\/api\/organiser/, '');
    const trigger = await ask('GET', begun);
    return { seen, trigger: trigger.status, sent: await readdir(server.outbox).catch(() => []) };
  });

  for (const [one, other] of seen.seen) expect(one).toEqual(other);
  expect(seen.trigger).toBe(202);
  expect(seen.sent.filter((file) => !file.includes('.receipt.'))).toEqual([]);
});

/** But for what is the submission's own anyway: its id, its tag and its instants; and for chance, and load. */
function ownOf(own: string, answers: string[]): string[] {
  return answers.map((answer) =>
    answer
      .replaceAll(own, 'ID')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'INSTANT')
      .replaceAll(/"etag":"\\"[^"]*\\""/g, 'ETAG')
      // It grows with the polls that the gateway expects, whoever they are of.
      .replaceAll(/"retry-after":"\d+"/g, 'PACE'),
  );
}

testThatHistoriesReplay(server, 8);
