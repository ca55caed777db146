import { describe, expect, test, vi } from 'vitest';
import { wakePause } from '../../../api/people/wake-access.ts';
import { initialState } from '../../../contract/initial-state.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import { accessTime, createSpeakerTokens } from '../../../process/speaker-tokens.ts';
import type { AccessRequest } from '../../../store/access/access-requests.ts';
import type { HeldTalk } from '../../../store/access/talks.ts';
import { NoAnswerError } from '../../../store/unreachable.ts';
import { TemporalUnavailableError } from '../../../temporal/bounded-calls.ts';
import { anApp, aPort, noOperations, noStore, problemOf, problemType } from '../../support/app.ts';
import { aCall, anId, anInput, planted, speakerTokenKeys, tokens } from '../../support/fixtures.ts';
import { aState } from '../../support/records.ts';

type Change = Parameters<typeof anApp>[0];
type App = ReturnType<typeof anApp>['app'];

const text = { text: 'Subject: Hello\n\n{{link}}\n', html: '<p>{{link}}</p>' };

/** The gateway, with the requests that it writes, and how often it wakes the workers. */
function aGateway(change: Change = {}, write: (request: AccessRequest) => Promise<void> = async () => undefined) {
  const [written, woken]: [AccessRequest[], string[]] = [[], []];
  const accessRequests = {
    ...noStore.accessRequests,
    write: async (request: AccessRequest) => {
      written.push(request);
      await write(request);
    },
  };
  const operations = { ...noOperations, send: async (about: string) => void woken.push(about) };
  const lookUp = () => Promise.reject(new Error('looked up'));
  const records = { ...noStore.records, find: lookUp };
  const store = { ...noStore, accessRequests, records, talks: { heldBy: lookUp } };
  return { ...anApp({ store, operations, ...change }), written, woken };
}

const ask = async (app: App, content: unknown, headers: Record<string, string> = {}) =>
  app.request('/api/access', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(content),
  });

/** All that a client sees but the id of its request, which is random. */
async function seen(response: Response) {
  const { 'x-request-id': _, ...headers } = Object.fromEntries(response.headers);
  return { status: response.status, headers, body: await response.text() };
}

describe('POST /api/access', () => {
  test('H39, H8: is 202 with nothing in it; one row is written, with what the mail is made of', async () => {
    const { app, written } = aGateway({ call: { ...aCall({ timeZone: 'Europe/Berlin' }), texts: { access: text } } });

    const response = await ask(app, { email: '  Ada.Lovelace+Talks@Example.org ' });

    expect(await seen(response)).toMatchObject({
      status: 202,
      headers: { 'cache-control': 'no-store', 'retry-after': '60', 'content-type': 'application/json' },
      body: '{}',
    });
    expect(written).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        holder: 'ada.lovelace+talks@example.org',
        call: expect.any(String),
        asked_at: expect.stringMatching(/Z$/),
      },
    ]);
    expect(JSON.parse(written[0]?.call ?? '')).toEqual({
      ...{ call: { name: 'Test Conf', contact: 'programme@example.org' }, timeZone: 'Europe/Berlin' },
      text,
    });
  });

  test('H39, H43: nothing is looked up, and the answer is the same whatever the address', async () => {
    // Whoever asks the store for more than to write a row gets an error.
    const { app } = aGateway();

    const answers = [];
    for (const email of [planted.email, 'nobody@example.net', 'ﬁne@exämple.org', `${'a'.repeat(60)}@example.org`])
      answers.push(await seen(await ask(app, { email })));

    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  test.each([{}, { email: 'nobody' }, { email: 7 }, { email: 'a@example.org', more: 1 }])(
    'H6: %j is refused, and nothing is written',
    async (content) => {
      const { app, written } = aGateway();

      const response = await ask(app, content);

      expect((await problemOf(response)).type).toBe(problemType('invalid-command'));
      expect([response.status, written]).toEqual([422, []]);
    },
  );

  test('H34: is refused with If-Match, since there is nothing to read', async () => {
    const { app, written } = aGateway();

    const response = await ask(app, { email: planted.email }, { 'If-Match': '"any"' });

    expect([response.status, written]).toEqual([412, []]);
  });

  test('H27: thirty a minute from one client, whatever the addresses', async () => {
    const { app } = aGateway();

    const statuses = [];
    for (let time = 0; time < 31; time += 1)
      statuses.push((await ask(app, { email: time % 2 ? planted.email : `other${time}@example.net` })).status);
    const response = await ask(app, { email: 'new@example.net' });

    expect(statuses).toEqual([...Array(30).fill(202), 429]);
    expect(response.headers.get('RateLimit-Policy')).toBe('"access";q=30;w=60');
    expect((await problemOf(response)).type).toBe(problemType('too-many-requests'));
  });

  test.each([
    ['is out of reach', () => Promise.reject(new NoAnswerError('away'))],
    ['hangs', () => new Promise<never>(() => {})],
  ])('H39: is 503 for everybody while the database %s', async (_, write) => {
    const { app } = aGateway({}, write);

    const answers = [
      await seen(await ask(app, { email: planted.email })),
      await seen(await ask(app, { email: 'nobody@example.net' })),
    ];

    // Spread at random, so that not all come back at once.
    const spread = answers.map(({ headers: { 'retry-after': seconds, ...headers }, ...answer }) => {
      expect(seconds).toMatch(/^\d+$/);
      return { ...answer, headers };
    });
    expect(spread[0]).toMatchObject({ status: 503 });
    expect(spread[0]).toEqual(spread[1]);
  });

  describe('wakes the workers', () => {
    test('once a second for all, and not before the answer', async () => {
      vi.useFakeTimers();
      const { app, woken } = aGateway();

      for (const email of ['a@example.org', 'b@example.org', 'c@example.org']) await ask(app, { email });
      const before = [...woken];
      await vi.advanceTimersByTimeAsync(wakePause);
      const once = [...woken];
      await vi.advanceTimersByTimeAsync(10 * wakePause);
      await ask(app, { email: 'd@example.org' });
      await vi.advanceTimersByTimeAsync(wakePause);
      vi.useRealTimers();

      expect([before, once, woken]).toEqual([[], ['access'], ['access', 'access']]);
    });

    test('later if Temporal is out of reach: the request stands, and the reconciler finds it', async () => {
      vi.useFakeTimers();
      const send = () => Promise.reject(new TemporalUnavailableError('away'));
      const { app, written, logged } = aGateway({ operations: { ...noOperations, send } });

      const response = await ask(app, { email: planted.email });
      await vi.advanceTimersByTimeAsync(wakePause);
      vi.useRealTimers();

      expect([response.status, written.length]).toEqual([202, 1]);
      expect(logged).toEqual([{ err: expect.objectContaining({ message: 'away' }) }]);
    });
  });
});

describe('GET /api/talks', () => {
  const now = Date.parse('2026-11-01T12:00:00.000Z');
  const speakers = createSpeakerTokens(speakerTokenKeys);
  const token = speakers.ofAccess('ada@example.org', now);
  const statusOf = (seed: number) => publicStatus(initialState(anInput({ id: anId(seed) })));
  const aTalk = (seed: number, change: Partial<HeldTalk> = {}): HeldTalk => ({
    ...{ id: anId(seed), title: `Talk ${seed}`, email: 'Ada@example.org' },
    ...{ isProved: true, address: 0, generation: 0, ...change },
  });

  /** A gateway an hour of whose token has gone by in part. */
  function aList(talks: HeldTalk[], { at = now, ...change }: Change & { at?: number } = {}) {
    const asked: string[] = [];
    const heldBy = async (holder: string) => {
      asked.push(holder);
      return talks;
    };
    const source = {
      name: 'fake',
      read: async (id: string) => ({ kind: 'found' as const, status: statusOf(Number.parseInt(id, 16)) }),
    };
    const { app } = anApp({
      store: { ...noStore, talks: { heldBy } },
      submissions: aPort({ source }),
      now: () => new Date(at),
      ...change,
    });
    const read = async (credential: string | undefined = token, path = '/api/talks') =>
      app.request(path, { headers: credential ? { Authorization: `Bearer ${credential}` } : {} });
    return { read, asked };
  }

  test('H39: is the talks of the address, each with its status and a token', async () => {
    const proved = aTalk(3, { generation: 2 });
    const unproved = aTalk(2, {
      isProved: false,
      address: 1,
      title: '<script>“Win” =HYPERLINK("x") javascript:alert(1)',
    });
    const { read, asked } = aList([proved, unproved]);

    const response = await read();

    expect([response.status, response.headers.get('Cache-Control')]).toEqual([200, 'no-store']);
    expect(await response.json()).toEqual({
      items: [
        {
          ...{ id: proved.id, title: 'Talk 3', status: statusOf(3), isProved: true },
          speakerToken: speakers.of(proved.id, 2),
        },
        {
          ...{ id: unproved.id, title: unproved.title, status: statusOf(2), isProved: false },
          proofToken: speakers.ofPurpose('proof', unproved.id, 1),
        },
      ],
    });
    expect(asked).toEqual(['ada@example.org']);
  });

  test('H39: is empty for an address without talks', async () => {
    expect(await (await aList([]).read()).json()).toEqual({ items: [] });
  });

  test('H30, H39: after an hour, or with anything else, is the same 401', async () => {
    const others = [undefined, 'garbage', '1.a.garbage', `${token}x`, token.replace('.a.', '.b.'), tokens.organiser];
    const ofTalk = [speakers.of(anId(1)), speakers.ofPurpose('proof', anId(1), 0)];

    const inTime = await aList([], { at: now + accessTime - 1 }).read();
    const late = await seen(await aList([], { at: now + accessTime }).read());
    const answers = [];
    for (const credential of [...others, ...ofTalk])
      answers.push(await seen(await aList([aTalk(1)]).read(credential ?? '')));

    expect([inTime.status, late.status]).toEqual([200, 401]);
    expect(late.headers).toMatchObject({ 'www-authenticate': expect.stringMatching(/^Bearer /) });
    expect(answers).toEqual(answers.map(() => late));
  });

  test('H12: takes no token from the URL', async () => {
    const { read } = aList([]);

    expect((await read('', `/api/talks?access_token=${token}`)).status).toBe(401);
  });

  test('H19, H43: has the status that everybody reads, and none that the record knows of', async () => {
    const input = anInput({ id: anId(4), rules: { ...anInput().rules, disclosure: 'until-announced' } });
    const accepted = publicStatus(aState(initialState(input), { stage: 'selection' }));
    const source = { name: 'fake', read: async () => ({ kind: 'found' as const, status: accepted }) };

    const response = await aList([aTalk(4)], { submissions: aPort({ source }) }).read();

    expect(await response.json()).toMatchObject({ items: [{ status: accepted }] });
  });

  test('is without what was erased meanwhile', async () => {
    const source = { name: 'fake', read: async () => ({ kind: 'erased' as const }) };

    expect(await (await aList([aTalk(5)], { submissions: aPort({ source }) }).read()).json()).toEqual({ items: [] });
  });

  test('is 503 while a status has no source, or the database is out of reach', async () => {
    const source = { name: 'fake', read: async () => ({ kind: 'no-answer' as const, cause: new Error('away') }) };
    const heldBy = () => Promise.reject(new NoAnswerError('away'));

    const answers = [
      await aList([aTalk(6)], { submissions: aPort({ source }) }).read(),
      await aList([], { store: { ...noStore, talks: { heldBy } } }).read(),
    ];

    for (const answer of answers) expect((await problemOf(answer)).type).toBe(problemType('temporarily-unavailable'));
  });
});
