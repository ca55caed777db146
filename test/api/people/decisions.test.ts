import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { createApp } from '../../../api/app.ts';
import { everything } from '../../../store/sight.ts';
import { problemOf, problemType, statusOf } from '../../support/app.ts';
import { expectDocumented } from '../../support/documented.ts';
import { messageIdIn, planted } from '../../support/fixtures.ts';
import { untilAvailable, useGateways } from '../../support/gateways.ts';
import {
  accept,
  accessByName,
  as,
  jsonOf,
  inPanel as openPanel,
  overrule,
  untilOver,
} from '../../support/organisers.ts';
import { aPanelCall, attendance, scores } from '../../support/people.ts';
import { testThatHistoriesReplay, useDevServer, withWorker } from '../../support/temporal.ts';

const server = useDevServer();
const gateways = useGateways(server);
const { poll, pathOf } = gateways;

type App = ReturnType<typeof createApp>;

const aGateway = (call = aPanelCall()) => gateways.aGateway({ call, access: accessByName, isProved: true });

const inPanel = (app: App, change: Record<string, unknown> = {}) => openPanel(gateways, app, change);

/** With an Idempotency-Key, and the content as it is. */
async function keyed(app: App, person: string, path: string, key: string, body: string): Promise<Response> {
  const url = `/api/organiser${path}`;
  const headers = { Authorization: `Bearer ${person}`, 'Content-Type': 'application/json', 'Idempotency-Key': key };
  const response = await app.request(url, { method: 'POST', headers, body });
  await expectDocumented('POST', url, response.clone());
  return response;
}

describe('PUT /api/organiser/submissions/{id}/review', () => {
  test('hides the reviews of the others until the own is in, and who the speaker is', async () => {
    const [before, mine, after, list, csv] = await withWorker(server, async () => {
      const app = aGateway();
      const { path } = await inPanel(app);
      await as(app, 'rolf', 'PUT', `${path}/review`, { scores, note: 'A note of Rolf.', feedback: 'More code.' });
      const before = await jsonOf(as(app, 'rita', 'GET', path));
      const mine = await jsonOf(as(app, 'rita', 'PUT', `${path}/review`, { abstains: true }));
      const after = await jsonOf(as(app, 'rita', 'GET', path));
      while (!(await (await as(app, 'rita', 'GET', '/submissions')).text()).includes('selection')) await delay(20);
      const list = await (await as(app, 'rita', 'GET', '/submissions')).text();
      return [before, mine, after, list, await (await as(app, 'rita', 'GET', '/submissions?format=csv')).text()];
    });

    expect(before).toMatchObject({ panel: { reviews: 1 }, reviews: [] });
    expect(mine).toMatchObject({ by: 'rita', abstains: true, stage: 'selection' });
    expect(after.reviews).toMatchObject([{ by: 'rolf', note: 'A note of Rolf.' }, { by: 'rita' }]);
    for (const seen of [JSON.stringify(before), JSON.stringify(after), list, csv])
      for (const secret of Object.values(planted)) expect(seen).not.toContain(secret);
    expect(list).not.toMatch(/verdicts|outcome|flags/);
  });

  test('shows what the call shows to a role, field by field', async () => {
    const call = aPanelCall({}, { shownTo: { reviewer: ['speaker.bio'], organiser: ['speaker.name', 'notes'] } });
    const [reviewer, organiser, ledger] = await withWorker(server, async () => {
      const app = aGateway(call);
      const { path, id } = await inPanel(app);
      const [reviewer, organiser] = [
        await jsonOf(as(app, 'rita', 'GET', path)),
        await jsonOf(as(app, 'OLGA', 'GET', path)),
      ];
      await as(app, 'OLGA', 'PUT', `${path}/decision`, accept);
      await as(app, 'OLGA', 'POST', '/announcements', { submissions: [id] });
      const ledger = async () => (await as(app, 'OLGA', 'GET', '/messages')).text();
      while (!(await ledger()).includes(id)) await delay(20);
      return [reviewer, organiser, await ledger()];
    });

    expect(reviewer.submission).toMatchObject({ speaker: { bio: planted.bio } });
    expect(Object.keys(reviewer.submission.speaker)).toEqual(['bio']);
    expect(ledger).not.toContain(planted.email);
    expect(organiser.submission).toMatchObject({ speaker: { name: planted.name }, notes: planted.notes });
    expect(Object.keys(organiser.submission.speaker)).toEqual(['name']);
  });

  test('refuses what is no review, with all that is wrong with it', async () => {
    const answers = await withWorker(server, async () => {
      const app = aGateway();
      const { path } = await inPanel(app);
      const charm = { id: 'charm', question: 'Is it charming?', weight: 1, measure: { kind: 'words', enough: 1 } };
      const later = aGateway(aPanelCall({}, { criteria: [charm] }));
      const send = async (content: object) => problemOf(await as(app, 'rita', 'PUT', `${path}/review`, content));
      return [
        await send({}),
        await send({ scores, abstains: true }),
        await send({ scores: { substance: 6 }, mood: 'fine' }),
        await send({ scores: { charm: 3 } }),
        // The call's file was changed meanwhile; the submission keeps the criteria that it was started with.
        await problemOf(await as(later, 'rita', 'PUT', `${path}/review`, { scores: { charm: 3 } })),
      ];
    });

    expect(answers.map(({ status, type }) => `${status} ${type.split('#')[1]}`)).toEqual([
      '422 invalid-command',
      '422 invalid-command',
      '422 invalid-command',
      '422 invalid-command',
      '422 unknown-criterion',
    ]);
    expect(answers[2]?.errors?.map(({ pointer }) => pointer).sort()).toEqual(['/mood', '/scores/substance']);
  });

  test('a conflict of interest bars from reading, reviewing and deciding, lists and files included', async () => {
    const [own, colleague, gmail, declared] = await withWorker(server, async () => {
      const app = aGateway();
      const { path, id } = await inPanel(app, { speaker: { name: 'Ada', email: 'ada@lab.example.net' } });
      const shared = await inPanel(app, { speaker: { name: 'Bob', email: 'bob@gmail.com' } });
      while (!(await (await as(app, 'OLGA', 'GET', '/submissions?format=jsonl')).text()).includes(`"id":"${id}"`))
        await delay(20);
      const look = async (person: string, of: string) => [
        (await as(app, person, 'GET', of)).status,
        (await as(app, person, 'PUT', `${of}/review`, { scores })).status,
        (await as(app, person, 'PUT', `${of}/decision`, accept)).status,
        (await (await as(app, person, 'GET', '/submissions')).text()).includes(`"id":"${of.slice(13)}"`),
        (await (await as(app, person, 'GET', '/submissions?format=csv')).text()).includes(`\n${of.slice(13)},`),
        (await (await as(app, person, 'GET', '/changes')).text()).includes(`"id":"${of.slice(13)}"`),
        (await (await as(app, person, 'GET', '/closings')).text()).includes(`"id":"${of.slice(13)}"`),
      ];
      const own = await look('ADA~ada-at-lab.example.net', path);
      const colleague = await look('EVE~Eve-at-LAB.example.net', path);
      const gmail = await look('MAX~max-at-gmail.com', shared.path);
      await as(app, 'OLGA', 'PUT', `${path}/conflict`, { reason: 'A friend.' });
      // Until it is on record: lists are read from there.
      while ((await (await as(app, 'OLGA', 'GET', '/submissions')).text()).includes(`"id":"${id}"`)) await delay(20);
      return [own, colleague, gmail, await look('OLGA', path)];
    });

    const barred = [403, 403, 403, false, false, false, false];
    expect([own, colleague, declared]).toEqual([barred, barred, barred]);
    expect(gmail).toEqual([200, 200, 200, true, true, true, true]);
  });

  test.each([
    ['GET', '', undefined],
    ['PUT', '/decision', accept],
    ['PUT', '/deadline', { due: '2099-01-01T00:00:00Z' }],
    ['PUT', '/speaker-address', { email: 'ada@example.net', reason: 'A typing error.' }],
    ['POST', '/reopening', { reason: 'A mistake.' }],
  ])('H30: %s %s is refused the same way, whether there is such a submission or not', async (method, more, content) => {
    const [known, unknown] = await withWorker(server, async () => {
      const app = aGateway();
      const { path } = await inPanel(app);
      const person = method === 'GET' ? '' : 'rita';
      return [
        await (await as(app, person, method, `${path}${more}`, content)).text(),
        await (await as(app, person, method, `/submissions/${'0'.repeat(32)}${more}`, content)).text(),
      ];
    });

    expect(known).toBe(unknown);
    expect(known).toContain('unauthorized');
  });
});

describe('H23: PUT /api/organiser/submissions/{id}/decision', () => {
  test('twenty organisers at once, over two gateways: one outcome, nineteen 409s with the one recorded', async () => {
    const [answers, seen] = await withWorker(server, async () => {
      const [one, other] = [aGateway(), aGateway()];
      const { path } = await inPanel(one);
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, at) =>
          untilAvailable(() =>
            as(at % 2 ? one : other, `O${at}`, 'PUT', `${path}/decision`, {
              ...accept,
              outcome: at % 3 ? 'passed' : 'rejected',
            }),
          ),
        ),
      );
      return [answers, await jsonOf(as(one, 'OLGA', 'GET', path))];
    });

    const codes = answers.map(({ status }) => status).sort();
    expect(codes).toEqual([200, ...Array(19).fill(409)]);
    const [won] = answers.filter(({ status }) => status === 200);
    const winner = won && (await jsonOf(won));
    // In a replay, the clock after a local activity may be some milliseconds off: a worker that was in a hurry may have replayed.
    const { decidedAt, ...recorded } = seen.verdicts.at(-1);
    expect(winner).toMatchObject(recorded);
    expect(Math.abs(Date.parse(decidedAt) - Date.parse(winner.decidedAt))).toBeLessThan(1_000);
    for (const answer of answers.filter(({ status }) => status === 409))
      expect(await problemOf(answer)).toMatchObject({
        type: problemType('already-decided'),
        decision: { by: winner.by, outcome: winner.outcome, number: winner.number },
      });
  });

  test('repeated after it was announced, as by one whose response was lost, is the same; another one is 409', async () => {
    const announcement = { announcement: '2020-01-02T00:00:00Z' };
    const [first, again, others] = await withWorker(server, async () => {
      const app = aGateway(aPanelCall({}, announcement));
      const { path, handle } = await inPanel(app);
      const first = await as(app, 'OLGA', 'PUT', `${path}/decision`, accept);
      await handle.result();
      const again = await as(app, 'OLGA', 'PUT', `${path}/decision`, accept);
      return [first, again, await as(app, 'OTTO', 'PUT', `${path}/decision`, accept)];
    });

    expect([first.status, again.status, others.status]).toEqual([200, 200, 409]);
    expect(await jsonOf(again)).toEqual(await jsonOf(first));
    expect((await problemOf(others)).type).toBe(problemType('submission-concluded'));
  });

  test('without the quorum is 409, and says how many reviews there are; with a reason it can be overruled', async () => {
    const [refused, unreasoned, decided, again] = await withWorker(server, async () => {
      const app = aGateway();
      const { path } = await inPanel(app);
      const decide = (content: object) => as(app, 'OLGA', 'PUT', `${path}/decision`, content);
      return [
        await problemOf(await decide({ stage: 'selection', outcome: 'passed' })),
        await problemOf(await decide({ stage: 'selection', outcome: 'passed', override: true })),
        await jsonOf(decide(accept)),
        await jsonOf(decide(accept)),
      ];
    });

    expect(refused).toMatchObject({ type: problemType('quorum-not-reached'), quorum: 2, reviews: 0 });
    expect(unreasoned).toMatchObject({ status: 422, errors: [{ pointer: '/reason' }] });
    expect(decided).toMatchObject({ outcome: 'passed', by: 'OLGA', reason: overrule.reason, override: true });
    expect(again).toEqual(decided);
  });

  test('under the same Idempotency-Key is the same for one person, and another one for the next', async () => {
    const answers = await withWorker(server, async () => {
      const app = aGateway();
      const { path } = await inPanel(app);
      const decide = (person: string, outcome: string) =>
        app.request(`/api/organiser${path}/decision`, {
          method: 'PUT',
          headers: { Authorization: `Bearer ${person}`, 'Content-Type': 'application/json', 'Idempotency-Key': 'one' },
          body: JSON.stringify({ ...accept, outcome }),
        });
      return [
        await decide('OLGA', 'passed'),
        await decide('OLGA', 'passed'),
        await decide('OTTO', 'passed'),
        await decide('OLGA', 'rejected'),
      ];
    });

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 409, 409]);
    expect(await answers[1]?.text()).toBe(await answers[0]?.text());
  });

  test('without a worker is 503, and decides nothing', async () => {
    const app = aGateway();
    const { path } = await withWorker(server, () => inPanel(app));

    const answer = await as(app, 'OLGA', 'PUT', `${path}/decision`, accept);

    expect((await problemOf(answer)).status).toBe(503);
  });
});

describe('POST /api/organiser/announcements', () => {
  test('of all reaches the talk of whoever makes it, and counts it not; by ids it passes it over', async () => {
    const seen = await withWorker(server, async () => {
      const app = aGateway();
      const ada = 'ADA~ada-at-lab.example.net';
      const own = await inPanel(app, { speaker: { name: 'Ada', email: 'ada@lab.example.net' } });
      const other = await inPanel(app);
      for (const { path } of [own, other]) await as(app, 'OLGA', 'PUT', `${path}/decision`, accept);
      const announce = async (content: object) =>
        untilOver(app, (await as(app, ada, 'POST', '/announcements', content)).headers.get('Location'), ada);
      const named = await announce({ submissions: [own.id, other.id] });
      const between = await statusOf(await app.request(pathOf(own.id)));
      const all = await announce({ filter: {} });
      const after = await statusOf(await poll(app, own.id, ({ status }) => status === 'Succeeded'));
      return { named, between, all, after };
    });

    expect(seen.named).toMatchObject({ progress: { completed: 2, total: 2 }, result: { done: 1, skipped: 1 } });
    expect(seen.between.status).toBe('Running');
    expect(seen.all.status).toBe('Succeeded');
    expect(seen.all.progress.total).toBe(seen.all.result.done + seen.all.result.skipped);
    expect(seen.after.result).toEqual({ outcome: 'accepted' });
  });

  test('is followed as a submission is, and announces each once; the trigger gives them one by one', async () => {
    const seen = await withWorker(server, async () => {
      const app = aGateway();
      const begin = await as(app, 'OLGA', 'GET', '/announcements/trigger');
      const [one, two] = [await inPanel(app), await inPanel(app)];
      await as(app, 'OLGA', 'PUT', `${one.path}/decision`, accept);
      await as(app, 'OLGA', 'PUT', `${two.path}/decision`, { ...accept, outcome: 'rejected' });
      const nothing = await as(app, 'OLGA', 'GET', stateOf(begin));
      const submissions = [one.id, two.id, '0'.repeat(32)];
      const posted = await as(app, 'OLGA', 'POST', '/announcements', { submissions, reason: 'It is time.' });
      const over = await untilOver(app, posted.headers.get('Location'));
      const again = await untilOver(
        app,
        (await as(app, 'OLGA', 'POST', '/announcements', { submissions })).headers.get('Location'),
      );
      const outcomes = [];
      for (const { id } of [one, two])
        outcomes.push((await statusOf(await poll(app, id, ({ status }) => status === 'Succeeded'))).result?.outcome);
      const items: { outcome: string; retryAfter: string | null }[] = [];
      let at = stateOf(begin);
      while (items.length < 2) {
        const [answer, same] = [await as(app, 'OLGA', 'GET', at), await as(app, 'OLGA', 'GET', at)];
        expect(await same.clone().text()).toBe(await answer.clone().text());
        if (answer.status === 200)
          items.push({ outcome: (await jsonOf(answer)).outcome, retryAfter: answer.headers.get('Retry-After') });
        at = stateOf(answer);
      }
      const drained = await as(app, 'OLGA', 'GET', at);
      const garbage = await as(app, 'OLGA', 'GET', '/announcements/trigger?triggerState=yesterday');
      return { begin, nothing, posted, over, again, outcomes, items, drained, garbage, at };
    });

    expect([seen.begin.status, seen.nothing.status, seen.drained.status]).toEqual([202, 202, 202]);
    expect(stateOf(seen.nothing)).toBe(stateOf(seen.begin));
    expect(stateOf(seen.drained)).toBe(seen.at);
    expect(Number(seen.drained.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(await problemOf(seen.garbage)).toMatchObject({ status: 400 });
    expect(seen.items.map(({ outcome }) => outcome).sort()).toEqual(['accepted', 'rejected']);
    expect(seen.items.map(({ retryAfter }) => retryAfter)).toEqual(['0', '15']);
    const [first] = [seen.posted.headers.get('Location')];
    expect(seen.posted.status).toBe(202);
    expect([seen.posted.headers.get('Operation-Location'), seen.posted.headers.get('Content-Location')]).toEqual([
      first,
      first,
    ]);
    expect(seen.over).toMatchObject({
      status: 'Succeeded',
      progress: { completed: 3, total: 3 },
      result: { done: 2, skipped: 1 },
    });
    expect(seen.again).toMatchObject({ result: { done: 0, skipped: 3 } });
    expect(seen.outcomes).toEqual(['accepted', 'rejected']);
  });

  test('for a filter, at a set time, and called off before', async () => {
    const [waiting, canceled, over, outcomes, audit] = await withWorker(server, async () => {
      const app = aGateway();
      const [one, two] = [await inPanel(app, { track: 'data' }), await inPanel(app, { track: 'data' })];
      await as(app, 'OLGA', 'PUT', `${one.path}/decision`, accept);
      await as(app, 'OLGA', 'PUT', `${two.path}/decision`, { ...accept, outcome: 'rejected' });
      const later = new Date(Date.now() + 3_600_000).toISOString();
      const first = await as(app, 'OLGA', 'POST', '/announcements', { filter: {}, at: later });
      const path = (first.headers.get('Location') ?? '').replace(/^.*\/api\/organiser/, '');
      await as(app, 'OLGA', 'DELETE', path);
      const canceled = await untilOver(app, first.headers.get('Location'));
      const audit = await (await as(app, 'OLGA', 'GET', '/audit')).text();
      const filter = { track: 'data', verdict: 'passed' };
      const soon = new Date(Date.now() + 1_500).toISOString();
      const second = await as(app, 'OLGA', 'POST', '/announcements', { filter, at: soon });
      const over = await untilOver(app, second.headers.get('Location'));
      await poll(app, one.id, ({ status }) => status === 'Succeeded');
      const outcomes = [];
      for (const { id } of [one, two]) outcomes.push((await statusOf(await app.request(pathOf(id)))).status);
      return [first, canceled, over, outcomes, audit];
    });

    expect(await waiting.json()).toMatchObject({ status: 'NotStarted' });
    expect(Number(waiting.headers.get('Retry-After'))).toBe(60);
    expect(canceled).toMatchObject({ status: 'Canceled' });
    expect(audit).toContain('cancel-announcement');
    expect(over).toMatchObject({ status: 'Succeeded', result: { done: 1, skipped: 0 } });
    expect(outcomes).toEqual(['Succeeded', 'Running']);
  });

  test.each(['9999-12-31T23:59:59-12:00', '0000-01-01T00:00:00+12:00', '2127-01-01T00:00:00Z', '1999-12-31T23:59:59Z'])(
    'at %s is refused: Temporal waits for nothing that is so far',
    async (at) => {
      const app = aGateway();

      const announcement = await as(app, 'OLGA', 'POST', '/announcements', { filter: {}, at });
      const deadline = await as(app, 'OLGA', 'PUT', `/submissions/${'0'.repeat(32)}/deadline`, { due: at });

      const detail = 'must be in the years 2000 to 2099';
      expect((await problemOf(announcement)).errors).toEqual([{ pointer: '/at', detail }]);
      expect((await problemOf(deadline)).errors).toEqual([{ pointer: '/due', detail }]);
    },
  );

  test.each(['2099-12-31T23:59:59-12:00', '2000-01-01T00:00:00+12:00'])('at %s is taken, and read back', async (at) => {
    const [posted, read] = await withWorker(server, async () => {
      const app = aGateway();
      const posted = await as(app, 'OLGA', 'POST', '/announcements', { filter: { track: 'nothing' }, at });
      const path = (posted.headers.get('Location') ?? '').replace(/^.*\/api\/organiser/, '');
      const read = await as(app, 'OLGA', 'GET', path);
      await as(app, 'OLGA', 'DELETE', path);
      await untilOver(app, path);
      return [posted, read];
    });

    expect(posted.status).toBe(202);
    expect((await jsonOf(read)).at).toBe(new Date(at).toISOString());
  });

  test('H10: one person, key and JSON value is one announcement; another value is refused, another person begins another', async () => {
    const [first, same, twenty, reused, later, others] = await withWorker(server, async () => {
      const app = aGateway();
      const post = (person: string, content: string) => keyed(app, person, '/announcements', 'once', content);
      const first = await post('OLGA', '{"filter":{"track":"nothing"},"reason":"Now."}');
      const same = await post('OLGA', '{ "reason": "Now.", "filter": { "track": "nothing" } }');
      const twenty = await Promise.all(Array.from({ length: 20 }, () => post('OTTO', '{"filter":{"track":"none"}}')));
      const reused = await post('OLGA', '{"filter":{"track":"other"},"reason":"Now."}');
      await untilOver(app, first.headers.get('Location'));
      const later = await post('OLGA', '{"filter":{"track":"other"},"reason":"Now."}');
      const others = await post('OTIS', '{"filter":{"track":"nothing"},"reason":"Now."}');
      await untilOver(app, others.headers.get('Location'));
      await untilOver(app, twenty[0]?.headers.get('Location') ?? null);
      return [first, same, twenty, reused, later, others];
    });

    const locationOf = ({ headers }: Response) => headers.get('Location');
    expect(locationOf(same)).toBe(locationOf(first));
    expect(new Set(twenty.map(locationOf)).size).toBe(1);
    for (const answer of [reused, later])
      expect(await problemOf(answer)).toMatchObject({ type: problemType('idempotency-key-reused'), status: 422 });
    expect(others.status).toBe(202);
    expect(new Set([first, ...twenty, others].map(locationOf)).size).toBe(3);
  });
});

describe('PUT /api/submissions/{id}/attendance', () => {
  test('H14: is answered once, by the speaker; the outcome stays, and all gateways agree', async () => {
    const seen = await withWorker(server, async () => {
      const call = aPanelCall({}, { attendance });
      const [app, other] = [aGateway(call), aGateway(call)];
      const { id, path, speakerToken } = await inPanel(app);
      const put = async (token: string, content: object) => {
        const url = `${pathOf(id)}/attendance`;
        const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
        const response = await app.request(url, { method: 'PUT', headers, body: JSON.stringify(content) });
        await expectDocumented('PUT', url, response.clone());
        return response;
      };
      const confirmed = { attendance: 'confirmed' };
      const early = await put(speakerToken, confirmed);
      const wrong = await put('wrong', confirmed);
      await as(app, 'OLGA', 'PUT', `${path}/decision`, accept);
      await as(app, 'OLGA', 'POST', '/announcements', { submissions: [id] });
      await poll(app, id, ({ result }) => result?.attendance === 'awaited');
      const { verdicts } = await jsonOf(as(app, 'OLGA', 'GET', path));
      const otherwise = { ...accept, outcome: 'rejected', replaces: verdicts.at(-1).number };
      const tooLate = await as(app, 'OLGA', 'PUT', `${path}/decision`, otherwise);
      const answers = [await put(speakerToken, confirmed), await put(speakerToken, confirmed)];
      const refused = await put(speakerToken, { attendance: 'declined' });
      const bad = await put(speakerToken, { attendance: 'perhaps' });
      const read = await statusOf(await poll(other, id, ({ result }) => result?.attendance === 'confirmed'));
      const withdrawn = await gateways.withdraw(app, { id, speakerToken });
      return { early, wrong, tooLate, answers, refused, bad, read, withdrawn };
    });

    expect((await problemOf(seen.early)).type).toBe(problemType('not-accepted'));
    expect(seen.wrong.status).toBe(401);
    // Announced, it is decided for good.
    expect((await problemOf(seen.tooLate)).type).toBe(problemType('submission-concluded'));
    const [first, again] = await Promise.all(seen.answers.map((answer) => statusOf(answer)));
    expect(first).toMatchObject({ status: 'Succeeded', result: { outcome: 'accepted', attendance: 'confirmed' } });
    expect(again).toEqual(first);
    expect(await problemOf(seen.refused)).toMatchObject({ status: 409, attendance: 'confirmed' });
    expect((await problemOf(seen.bad)).status).toBe(422);
    expect(seen.read).toEqual(first);
    expect((await problemOf(seen.withdrawn)).type).toBe(problemType('submission-concluded'));
  });
});

describe('POST /api/organiser/submissions/{id}/reopening', () => {
  test('goes on as a new submission; what was told as the end stays the end', async () => {
    const [early, first, again, old, reopened, sent] = await withWorker(server, async () => {
      const app = aGateway();
      const { id, path } = await inPanel(app);
      const reopen = () => as(app, 'OLGA', 'POST', `${path}/reopening`, { reason: 'It was mistaken for another one.' });
      await as(app, 'OLGA', 'PUT', `${path}/decision`, { ...accept, outcome: 'rejected' });
      const early = await reopen();
      await as(app, 'OLGA', 'POST', '/announcements', { submissions: [id] });
      await poll(app, id, ({ status }) => status === 'Succeeded');
      await server.env.client.workflow.getHandle(`submission-${id}`).result();
      const [first, again] = [await jsonOf(reopen()), await jsonOf(reopen())];
      server.started.add(`submission-${first.id}`);
      await poll(app, first.id, ({ stage }) => stage === 'selection');
      const { verdicts } = await jsonOf(as(app, 'OLGA', 'GET', `/submissions/${first.id}`));
      const replaces = verdicts.at(-1).number;
      await as(app, 'OLGA', 'PUT', `/submissions/${first.id}/decision`, { ...accept, replaces });
      await as(app, 'OLGA', 'POST', '/announcements', { submissions: [first.id] });
      const reopened = await statusOf(await poll(app, first.id, ({ status }) => status === 'Succeeded'));
      const old = await statusOf(await app.request(pathOf(id)));
      return [
        early,
        first,
        again,
        old,
        reopened,
        await server.store.messages.after(undefined, ['sent'], 500, everything),
      ];
    });

    expect((await problemOf(early)).type).toBe(problemType('not-over'));
    expect(again).toEqual(first);
    expect(old.result).toEqual({ outcome: 'rejected' });
    expect(reopened.result).toEqual({ outcome: 'accepted' });
    expect(sent.filter(({ submission_id }) => submission_id === first.id).map(({ release }) => release)).toContain(
      'reopened',
    );
  });
});

describe('POST /api/organiser/closings', () => {
  const over = { opens: '2020-01-01T00:00:00Z', closes: '2020-02-01T00:00:00Z' };

  test('before the end of the call is 409, and says when that is', async () => {
    const answer = await as(aGateway(), 'OLGA', 'POST', '/closings', {});

    expect(await problemOf(answer)).toMatchObject({ type: problemType('call-open'), closes: '2099-12-31T23:59:59Z' });
  });

  test('lists what is open, ends it, and does not end itself with an answer undelivered, unless it is forced', async () => {
    const seen = await withWorker(server, async () => {
      const app = aGateway();
      const { id } = await inPanel(app);
      await delay(500);
      const closed = aGateway(aPanelCall({}, over));
      const before = await jsonOf(as(closed, 'OLGA', 'GET', '/closings'));
      const first = await untilOver(
        closed,
        (await as(closed, 'OLGA', 'POST', '/closings', {})).headers.get('Location'),
      );
      const ended = await statusOf(await poll(app, id, ({ status }) => status === 'Succeeded'));
      // An answer that came back: a mail server has told the organisers.
      const stuck = messageIdIn(`${id}.rejected.email`);
      const bounced = await as(closed, 'OLGA', 'PUT', `/messages/${stuck}/resolution`, {
        resolution: 'bounced',
        reason: '550',
      });
      const refused = await untilOver(
        closed,
        (await as(closed, 'OLGA', 'POST', '/closings', {})).headers.get('Location'),
      );
      const left = await jsonOf(as(closed, 'OLGA', 'GET', '/closings'));
      const force = { force: true, reason: 'The speaker was called.' };
      const forced = await untilOver(
        closed,
        (await as(closed, 'OLGA', 'POST', '/closings', force)).headers.get('Location'),
      );
      const resent = await as(closed, 'OLGA', 'PUT', `/messages/${stuck}/resolution`, {
        resolution: 'resend',
        reason: 'A new address.',
      });
      while ((await server.store.messages.find(stuck))?.state !== 'sent') await delay(20);
      const audit = await jsonOf(as(closed, 'OLGA', 'GET', '/audit'));
      return { id, before, first, ended, bounced, refused, left, forced, resent, audit };
    });

    expect(seen.before.open.submissions).toContainEqual({ id: seen.id, awaits: 'selection' });
    expect(seen.first).toMatchObject({ status: 'Succeeded' });
    expect(seen.ended.result).toEqual({ outcome: 'rejected' });
    expect(await seen.bounced.json()).toMatchObject({ state: 'bounced', to: planted.email });
    expect(seen.refused).toMatchObject({ status: 'Failed', error: { code: 'undelivered-answers' } });
    expect(seen.left).toMatchObject({ open: { count: 0 }, undelivered: { count: 1 } });
    expect(seen.forced).toMatchObject({ status: 'Succeeded' });
    expect(await seen.resent.json()).toMatchObject({ state: 'pending' });
    const said = seen.audit.items.map(({ by, command, reason }: Record<string, string>) =>
      [by, command, reason].join(),
    );
    expect(said).toContain('OLGA,close-call,The speaker was called.');
    expect(said).toContain('OLGA,resolve-message,A new address.');
  });
});

/** Where a trigger goes on, as a path below the organisers' routes. */
function stateOf(answer: Response): string {
  return (answer.headers.get('Location') ?? '').replace(/^.*\/api\/organiser/, '');
}

testThatHistoriesReplay(server, 20);
