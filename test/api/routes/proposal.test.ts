import { describe, expect, test } from 'vitest';
import type { createApp } from '../../../api/app.ts';
import { editableFields } from '../../../contract/call/editable-fields.ts';
import { recordQuery } from '../../../contract/workflow/queries.ts';
import { createSpeakerTokens } from '../../../process/speaker-tokens.ts';
import { NoAnswerError } from '../../../store/unreachable.ts';
import { problemOf } from '../../support/app.ts';
import { expectDocumented } from '../../support/documented.ts';
import { anId, aRequest, idOf, planted, speakerTokenKeys } from '../../support/fixtures.ts';
import { untilAvailable, useGateways } from '../../support/gateways.ts';
import { accept, accessByName, as, jsonOf, inPanel as openPanel } from '../../support/organisers.ts';
import { aPanelCall, attendance, scores } from '../../support/people.ts';
import { resets } from '../../support/reset.ts';
import { testThatHistoriesReplay, useDevServer, withWorker } from '../../support/temporal.ts';

const server = useDevServer();
const gateways = useGateways(server);
const { poll } = gateways;
const tokens = createSpeakerTokens(speakerTokenKeys);

type App = ReturnType<typeof createApp>;
type Speaker = { id: string; speakerToken: string };

const panelCall = (change: Record<string, unknown> = {}) => aPanelCall({}, { attendance, ...change });

const aGateway = (call = panelCall()) => gateways.aGateway({ call, access: accessByName });

const inPanel = (app: App, change: Record<string, unknown> = {}) => openPanel(gateways, app, change);

async function ask(app: App, { id, speakerToken }: Speaker, init: RequestInit = {}) {
  const url = `/api/submissions/${id}/proposal`;
  const headers = { Authorization: `Bearer ${speakerToken}`, ...Object.fromEntries(new Headers(init.headers)) };
  const response = await app.request(url, { ...init, headers });
  await expectDocumented(init.method ?? 'GET', url, response.clone());
  return response;
}

const patch = (app: App, speaker: Speaker, content: unknown, headers: Record<string, string> = { 'If-Match': '*' }) =>
  ask(app, speaker, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/merge-patch+json', ...headers },
    body: typeof content === 'string' ? content : JSON.stringify(content),
  });

const tagOf = (response: Response) => response.headers.get('ETag') ?? '';

type Panelist = Awaited<ReturnType<typeof openPanel>>;
type Rival = { give: (app: App, speaker: Panelist) => Promise<Response>; leaves: string };

/** What others do with a submission, and the status that it leaves. */
const rivals: Record<string, Rival> = {
  decision: { give: (app, { path }) => as(app, 'OLGA', 'PUT', `${path}/decision`, accept), leaves: 'Running' },
  'change of the address': {
    give: (app, { path }) =>
      as(app, 'OLGA', 'PUT', `${path}/speaker-address`, { email: 'new@example.net', reason: 'By phone.' }),
    leaves: 'Running',
  },
  withdrawal: { give: async (app, speaker) => gateways.withdraw(app, speaker), leaves: 'Canceled' },
  closing: {
    give: async () => {
      const over = { opens: '2020-01-01T00:00:00Z', closes: '2020-02-01T00:00:00Z' };
      return as(aGateway(panelCall(over)), 'OLGA', 'POST', '/closings', { force: true, reason: 'It is over.' });
    },
    leaves: 'Succeeded',
  },
};

describe('GET /api/submissions/{id}/proposal', () => {
  test('H36: gives back what was submitted, its version, and what may be edited until when, under a strong tag', async () => {
    const [first, second, document] = await withWorker(server, async () => {
      const app = aGateway();
      const speaker = await inPanel(app, { coSpeakers: [{ name: 'Ben', email: 'ben@example.net' }] });
      const [first, second] = [await ask(app, speaker), await ask(app, speaker)];
      return [first, second, await first.clone().json()];
    });

    expect(first.status).toBe(200);
    expect(tagOf(first)).toMatch(/^"[\w-]{22}"$/);
    expect(tagOf(second)).toBe(tagOf(first));
    expect(document).toEqual({
      ...aRequest({ coSpeakers: [{ name: 'Ben', email: 'ben@example.net' }] }),
      format: 'talk',
      version: 1,
      about: {
        isProved: false,
        editable: editableFields,
        editableUntil: '2099-12-31T23:59:59.000Z',
        reminders: 'on',
        coSpeakers: [{ email: 'ben@example.net', answer: 'not-invited' }],
      },
    });
  });

  test('H30: is refused alike without a token, with that of another submission, and with one that has ended', async () => {
    const answers = await withWorker(server, async () => {
      const app = aGateway();
      const [own, other] = [await inPanel(app), await inPanel(app)];
      await app.request(`/api/submissions/${own.id}/tokens`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${own.speakerToken}` },
      });
      return Promise.all(
        [own, { ...own, speakerToken: other.speakerToken }, { id: anId(9), speakerToken: 'nonsense' }].flatMap(
          (one) => [ask(app, one), patch(app, one, { title: 'Of a stranger' })],
        ),
      );
    });

    const problems = await Promise.all(answers.map(problemOf));
    for (const problem of problems) expect({ ...problem, instance: '' }).toEqual({ ...problems[0], instance: '' });
    expect(problems[0]?.status).toBe(401);
  });

  test('H30: is 503 where nobody knows whether the token has ended, and works with the database down', async () => {
    const app = aGateway();
    const down = { find: () => Promise.reject(new NoAnswerError('gone')) };
    const store = {
      ...server.store,
      records: { ...server.store.records, ...down },
      list: { ...server.store.list, ...down },
    };
    const withoutDatabase = gateways.aGateway({ call: panelCall(), store });
    const [speaker, read] = await withWorker(server, async () => {
      const speaker = await inPanel(app);
      return [speaker, await ask(withoutDatabase, speaker)];
    });

    const unread = await ask(app, speaker);

    expect(read.status).toBe(200);
    expect((await problemOf(unread)).status).toBe(503);
  }, 60_000);

  test("after an operator's reset it is still what was edited, for the tokens that stand: what is on record has happened", async () => {
    const [before, ...seen] = await withWorker(server, async () => {
      const app = aGateway();
      const speaker = await inPanel(app);
      const { path, handle } = speaker;
      const renewed = await app.request(`/api/submissions/${speaker.id}/tokens`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${speaker.speakerToken}` },
      });
      const holder = { ...speaker, ...(await jsonOf(renewed)) };
      await patch(app, holder, { title: 'Edited' });
      const { revision } = await handle.query(recordQuery).then(({ state }) => state);
      await expect
        .poll(async () => (await server.store.records.standing(idOf(speaker.id)))?.revision)
        .toBeGreaterThanOrEqual(revision);
      const seen = [await seenBy(holder)];
      for await (const _ of resets(server, handle, 'and nothing again')) seen.push(await seenBy(holder));
      return seen;

      async function seenBy(holder: Speaker) {
        const view = await untilAvailable(() => as(app, 'OLGA', 'GET', path));
        const [read, ended] = [await ask(app, holder), await ask(app, speaker)];
        const proposal = await jsonOf(read);
        return { tag: tagOf(read), proposal, ended: ended.status, title: (await jsonOf(view)).submission.title };
      }
    });

    expect(seen.length).toBeGreaterThanOrEqual(2);
    expect(before).toMatchObject({ proposal: { title: 'Edited', version: 2 }, ended: 401, title: 'Edited' });
    expect(seen).toEqual(seen.map(() => before));
  });
});

describe('PATCH /api/submissions/{id}/proposal', () => {
  test('H37: changes what it names, answers the new proposal with its tag, and shows nowhere in the status', async () => {
    const [changed, read, before, after, seen] = await withWorker(server, async () => {
      const app = aGateway();
      const speaker = await inPanel(app);
      const before = await (await app.request(`/api/submissions/${speaker.id}`)).text();
      const tag = tagOf(await ask(app, speaker));
      const content = { title: 'Another title', notes: null, speaker: { bio: 'Another bio.' }, level: 'advanced' };
      const changed = await patch(app, speaker, content, { 'If-Match': tag });
      const after = await (await app.request(`/api/submissions/${speaker.id}`)).text();
      const read = await ask(app, speaker);
      await expect
        .poll(async () => (await jsonOf(as(app, 'OLGA', 'GET', '/submissions?limit=1'))).items[0].submission.title)
        .toBe('Another title');
      return [changed, read, before, after, await jsonOf(as(app, 'OLGA', 'GET', speaker.path))];
    });

    const document = await jsonOf(changed);
    expect(changed.status).toBe(200);
    expect(document).toMatchObject({ title: 'Another title', version: 2, level: 'advanced' });
    expect(document.speaker).toEqual({ name: planted.name, email: planted.email, bio: 'Another bio.' });
    expect(document).not.toHaveProperty('notes');
    expect(tagOf(read)).toBe(tagOf(changed));
    expect(await read.json()).toEqual(document);
    expect(after).toBe(before);
    expect(seen).toMatchObject({ edition: 2, submission: { title: 'Another title' } });
  });

  test('H34, H37: is refused without If-Match, for an older version, and as another media type; repeating it succeeds', async () => {
    const [answers, again, version] = await withWorker(server, async () => {
      const app = aGateway();
      const speaker = await inPanel(app);
      const old = { 'If-Match': tagOf(await ask(app, speaker)) };
      const content = { title: 'Once more' };
      await patch(app, speaker, content, old);
      const answers = [
        await patch(app, speaker, content, {}),
        await patch(app, speaker, { title: 'Too late' }, old),
        await patch(app, speaker, content, { 'Content-Type': 'application/json' }),
        await patch(app, speaker, '{', { 'If-Match': '*' }),
      ];
      const again = await patch(app, speaker, { ...content, version: 1 }, old);
      return [answers, again.status, (await jsonOf(again)).version];
    });

    const problems = await Promise.all(answers.map(problemOf));
    expect(problems.map(({ status }) => status)).toEqual([428, 412, 415, 400]);
    expect(answers[2]?.headers.get('Accept-Patch')).toBe('application/merge-patch+json');
    expect([again, version]).toEqual([200, 2]);
  });

  test.each<[string, unknown, string[]]>([
    [
      'what a submit would be refused for',
      { title: '', track: 'gardens', nonsense: 1 },
      ['/title', '/track', '/nonsense'],
    ],
    ['a removed field that is required', { description: null }, ['/description']],
    ['a name that is mistyped', { langauge: null, speaker: { boi: null } }, ['/speaker/boi', '/langauge']],
    ['no object', [1], ['']],
    ['what is read-only', { version: 7, about: { isProved: true } }, ['/version', '/about']],
    ['what the moderation rejects', { description: 'Unquestionably insufficient.' }, ['/description']],
    ['what is no address', { speaker: { email: 'bob' } }, ['/speaker/email']],
  ])('H6, H37: is refused for %s, with its pointers, and the old text stays', async (_, content, pointers) => {
    const [problem, after] = await withWorker(server, async () => {
      const app = aGateway();
      const speaker = await inPanel(app);
      const before = await ask(app, speaker);
      const problem = await problemOf(await patch(app, speaker, content));
      return [problem, [tagOf(before), tagOf(await ask(app, speaker))]];
    });

    expect(problem.status).toBe(422);
    expect(problem.errors?.map(({ pointer }) => pointer).sort()).toEqual([...pointers].sort());
    expect(after[0]).toBe(after[1]);
  });

  test('H37: what the call no longer takes, and is not edited, stays', async () => {
    const consents = [{ id: 'photos', version: '1', text: 'You may be photographed.' }];
    const given = { track: 'data', consents: { photos: '1' } };
    const answers = await withWorker(server, async () => {
      const speaker = await inPanel(aGateway(panelCall({ consents })), given);
      const later = aGateway(panelCall({ tracks: ['web'], consents: [{ ...consents[0], version: '2' }] }));
      const titled = await patch(later, speaker, { title: 'With an old track' });
      return [titled, await patch(later, speaker, { consents: { photos: '3' } })];
    });

    expect(answers.map(({ status }) => status)).toEqual([200, 422]);
    expect(await answers[0]?.json()).toMatchObject({ ...given, title: 'With an old track' });
  });

  test('H37: is over when the call says so, and after an acceptance takes what the call lists', async () => {
    const closed = panelCall({ edits: { until: '2021-01-01T00:00:00Z' } });
    const [early, fields, taken, other, late, answered] = await withWorker(server, async () => {
      const app = aGateway(closed);
      const speaker = await inPanel(app);
      const early = await problemOf(await patch(app, speaker, { title: 'Too late' }));
      await as(app, 'OLGA', 'PUT', `${speaker.path}/decision`, accept);
      await as(app, 'OLGA', 'POST', '/announcements', { submissions: [speaker.id] });
      await poll(app, speaker.id, ({ status }) => status === 'Succeeded');
      const fields = (await jsonOf(ask(app, speaker))).about.editable;
      const taken = await patch(app, speaker, { title: 'As it will be printed' });
      const other = await problemOf(await patch(app, speaker, { track: 'data' }));
      await app.request(`/api/submissions/${speaker.id}/attendance`, {
        method: 'PUT',
        headers: { Authorization: `Bearer ${speaker.speakerToken}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ attendance: 'declined' }),
      });
      await speaker.handle.result();
      const late = await problemOf(await patch(app, speaker, { title: 'After all' }));
      const answered = await patch(app, speaker, { title: 'As it will be printed' }, { 'If-Match': '"gone"' });
      return [early, fields, taken, other, late, answered];
    });

    expect(early).toMatchObject({ status: 409, until: '2021-01-01T00:00:00.000Z' });
    expect(fields).toEqual(['title', 'description', 'speaker.name', 'speaker.bio', 'speaker.email']);
    expect([taken.status, (await jsonOf(taken)).title]).toEqual([200, 'As it will be printed']);
    expect(other).toMatchObject({ status: 422, errors: [{ pointer: '/track' }] });
    expect(late).toMatchObject({ status: 409, until: expect.stringMatching(/Z$/) });
    expect(answered.status).toBe(200);
  });

  test('H38: names another address, which is pending until it is proved, also when the text can’t be edited any more', async () => {
    const [answer, again, read, letters, kept] = await withWorker(server, async () => {
      const app = aGateway(panelCall({ edits: { until: '2021-01-01T00:00:00Z' } }));
      const speaker = await inPanel(app);
      const change = { speaker: { email: 'bob@example.net' } };
      const answer = await patch(app, speaker, change);
      const again = await patch(app, speaker, change, { 'If-Match': '"gone"' });
      const { releases = [] } = (await speaker.handle.query(recordQuery)).state;
      const [read, letters] = [await ask(app, speaker), releases.map(({ name, to }) => [name, to])];
      // What is mistyped is given up by naming the address that counts.
      const kept = await patch(app, speaker, { speaker: { email: planted.email } });
      return [answer, again, read, letters, await jsonOf(kept)];
    });

    const [document, standing] = [await jsonOf(answer), await jsonOf(read)];
    expect([answer.status, again.status]).toEqual([200, 200]);
    expect(document).toEqual(standing);
    expect(answer.headers.get('ETag')).toBe(read.headers.get('ETag'));
    expect(standing).toMatchObject({ speaker: { email: planted.email }, version: 1 });
    expect(standing.about).toMatchObject({ pendingAddress: 'bob@example.net', editable: ['speaker.email'] });
    expect(letters).toEqual([
      ['address-proof', 1],
      ['address-changing', 0],
    ]);
    expect(kept.speaker.email).toBe(planted.email);
    expect(kept.about.pendingAddress).toBeUndefined();
  });

  test('H34: of ten at once, over two gateways, each counts once or is told that it came too late; nothing is mixed', async () => {
    const [statuses, document, versions] = await withWorker(server, async () => {
      const apps = [aGateway(), aGateway()] as const;
      const speaker = await inPanel(apps[0]);
      const tag = tagOf(await ask(apps[0], speaker));
      const titles = Array.from({ length: 10 }, (_, index) => `Title ${index}`);
      const answers = await Promise.all(
        titles.map((title, index) =>
          untilAvailable(() => patch(apps[index % 2] ?? apps[0], speaker, { title }, { 'If-Match': tag })),
        ),
      );
      const document = await jsonOf(ask(apps[0], speaker));
      const items = async () => (await jsonOf(as(apps[1], 'OLGA', 'GET', `${speaker.path}/versions`))).items;
      return [answers.map(({ status }) => status).sort(), document, await items()];
    });

    expect(statuses).toEqual([200, ...Array.from({ length: 9 }, () => 412)]);
    expect(document.version).toBe(2);
    expect(versions.map(({ submission }: { submission: { title: string } }) => submission.title)).toEqual([
      'A talk about waiting',
      document.title,
    ]);
  });

  test.each(Object.keys(rivals))('H22, H23: against a %s at the same instant both have one order', async (rival) => {
    const { give, leaves } = rivals[rival] as Rival;
    const rounds = await withWorker(server, async () => {
      const app = aGateway();
      const rounds: { edited: number; rival: number; at: string; title: string }[] = [];
      for (let round = 0; round < 2; round += 1) {
        const speaker = await inPanel(app);
        const [edited, answer] = await Promise.all([patch(app, speaker, { title: 'Just now' }), give(app, speaker)]);
        const status = () => jsonOf(app.request(`/api/submissions/${speaker.id}`));
        await expect.poll(async () => (await status()).status, { timeout: 20_000 }).toBe(leaves);
        const { title } = await jsonOf(ask(app, speaker));
        rounds.push({ edited: edited.status, rival: answer.status, at: leaves, title });
      }
      return rounds;
    });

    for (const { edited, rival: other, at, title } of rounds) {
      expect([200, 202]).toContain(other);
      expect(at === 'Running' ? [200] : [200, 409]).toContain(edited);
      expect(title).toBe(edited === 200 ? 'Just now' : 'A talk about waiting');
    }
  });
});

describe('GET /api/organiser/submissions/{id}/versions', () => {
  test('has the texts in what the role sees; an edit of the rest is not listed, and makes no review stale', async () => {
    const app = aGateway();
    const [ofReviewer, ofOrganiser, reviews, seen] = await withWorker(server, async () => {
      const speaker = await inPanel(app);
      await as(app, 'Rita', 'PUT', `${speaker.path}/review`, { scores });
      await patch(app, speaker, { speaker: { bio: 'A veiled bio.' } });
      const before = (await jsonOf(as(app, 'Rita', 'GET', speaker.path))).reviews;
      await patch(app, speaker, { title: 'Seen by all', notes: 'Veiled notes.' });
      const after = (await jsonOf(as(app, 'Rita', 'GET', speaker.path))).reviews;
      await as(app, 'Rita', 'PUT', `${speaker.path}/review`, { scores });
      const again = await jsonOf(as(app, 'Rita', 'GET', speaker.path));
      const versions = (person: string) => jsonOf(as(app, person, 'GET', `${speaker.path}/versions`));
      return [await versions('Rita'), await versions('OLGA'), [before, after, again.reviews], again];
    });

    const text = ofOrganiser.items[0].submission;
    expect(ofReviewer.items).toEqual([
      { number: 1, at: expect.any(String), submission: expect.objectContaining({ title: 'A talk about waiting' }) },
      {
        number: 2,
        at: expect.any(String),
        changed: ['title'],
        submission: expect.objectContaining({ title: 'Seen by all' }),
      },
    ]);
    expect(JSON.stringify(ofReviewer)).not.toMatch(/veiled|Planted/i);
    expect(text.speaker.bio).toBe(planted.bio);
    expect(
      ofOrganiser.items.map(({ number, changed }: { number: number; changed?: string[] }) => [number, changed]),
    ).toEqual([
      [1, undefined],
      [2, ['speaker.bio']],
      [3, ['title', 'notes']],
    ]);
    const stale = reviews.map(([one]: { isStale?: true; edition?: number }[]) => [one?.isStale, one?.edition]);
    expect(stale).toEqual([
      [undefined, undefined],
      [true, undefined],
      [undefined, 2],
    ]);
    expect(seen.edition).toBe(2);
  });
});

test('H19: before the announcement, two that differ in what is decided read and refuse alike', async () => {
  const call = panelCall({ disclosure: 'until-announced' });
  const [accepted, rejected] = await withWorker(server, async () => {
    const app = aGateway(call);
    const seen = async (outcome: 'passed' | 'rejected') => {
      const { submitTo } = gateways;
      const speaker = await submitTo(app, aRequest());
      const path = `/submissions/${speaker.id}`;
      await expect.poll(async () => (await jsonOf(as(app, 'OLGA', 'GET', path))).panel).toBeDefined();
      await as(app, 'OLGA', 'PUT', `${path}/decision`, { ...accept, outcome });
      const answers = [
        await ask(app, speaker),
        await patch(app, speaker, { title: 'Of both' }),
        await patch(app, speaker, { description: 'Unquestionably insufficient.' }),
        await patch(app, speaker, { title: 'Of none' }, { 'If-Match': '"another"' }),
        await ask(app, speaker),
      ];
      return Promise.all(answers.map(async (one) => [one.status, tagOf(one), await one.text()]));
    };
    return [await seen('passed'), await seen('rejected')];
  });

  expect(accepted).toEqual(rejected);
  expect(accepted?.map(([status]) => status)).toEqual([200, 200, 422, 412, 200]);
});

test('H15: of an unknown id it is 404 with a token for it, and 410 of one that was erased', async () => {
  const app = gateways.aGateway();
  const token = (seed: number) => ({ id: anId(seed), speakerToken: tokens.of(anId(seed)) });
  await server.store.erasures.erase(anId(0xe0), '2026-11-01T12:00:00.000Z');

  const answers = [await ask(app, token(0xe1)), await ask(app, token(0xe0)), await patch(app, token(0xe0), {})];

  expect(answers.map(({ status }) => status)).toEqual([404, 410, 410]);
});

testThatHistoriesReplay(server, 20);
