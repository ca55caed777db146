import { beforeAll, describe, expect, test } from 'vitest';
import { noLimits } from '../../../api/limits/limits.ts';
import type { Access } from '../../../api/people/access.ts';
import type { Person } from '../../../contract/committee/person.ts';
import { messageIdOf } from '../../../contract/mail/message-id.ts';
import type { SubmissionRecord } from '../../../contract/record.ts';
import { initialOperation } from '../../../contract/workflow/operation-workflows.ts';
import { NoAnswerError } from '../../../store/unreachable.ts';
import { anApp, aPort, noCommands, noOperations, problemOf, problemType } from '../../support/app.ts';
import { anId, aSubmission, publicUrl } from '../../support/fixtures.ts';
import { aRecord, aVerdict, aWriter, type Described } from '../../support/records.ts';
import { databases, useStore } from '../../support/stores.ts';

const committee: Person[] = [
  { name: 'Ada', role: 'organiser', emails: ['ada@lab.example.net'] },
  { name: 'Otto', role: 'organiser', emails: ['otto@example.com'] },
];
const access: Access = (token) => committee.find(({ name }) => name === token);

const records = useStore();
const at = '2026-11-01T12:00:00.000Z';
const minute = (count: number) => new Date(Date.parse(at) + count * 60_000).toISOString();
const decided: Described = {
  stage: 'selection',
  revision: 3,
  verdicts: [aVerdict('selection', { by: 'Otto' })],
  commands: [{ number: 1, at, by: 'Otto', command: 'decide', detail: 'selection: passed' }],
};
const by = (email: string) =>
  aSubmission({ speaker: { name: 'Somebody', email }, track: 'data', title: `By ${email}` });
const adas = by('ada@lab.example.net');
const notice = { release: { name: 'decision-due' as const, number: 1, revision: 1, at }, call: 'Test Conf' };

/** Forty of Ada's talks are between two that she may see, and one is before them. */
const [oldest, newest] = [anId(1), anId(100)];
beforeAll(async () => {
  const keep = (record: SubmissionRecord) => records.store.records.keep(record, [], aWriter);
  await keep(aRecord(1, { ...decided, createdAt: minute(0) }, by('ben@example.org')));
  for (let seed = 2; seed < 42; seed += 1) await keep(aRecord(seed, { ...decided, createdAt: minute(seed) }, adas));
  await keep(aRecord(100, { ...decided, createdAt: minute(50) }, by('cleo@example.org')));
  await keep(aRecord(101, { ...decided, createdAt: minute(60) }, adas));
});

function theApp(change: Partial<Parameters<typeof anApp>[0]> = {}) {
  const { app } = anApp({ store: records.store, access, committee, limits: noLimits, ...change });
  return async (person: string, path: string, init: { method?: string; body?: string } = {}) =>
    app.request(path.startsWith('http') ? path.replace(publicUrl, '') : `/api/organiser${path}`, {
      ...init,
      headers: { Authorization: `Bearer ${person}`, 'Content-Type': 'application/json' },
    });
}

const jsonOf = async (answer: Promise<Response>) => JSON.parse(await (await answer).text());
const idsOf = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id);

describe('a person with a conflict of interest', () => {
  const ask: ReturnType<typeof theApp> = (...question) => theApp()(...question);

  test('reads nothing of their own talk by filters and limits: each page is full, and names what may be seen', async () => {
    const query = '/submissions?stage=selection&verdict=passed&limit=1';
    const first = await jsonOf(ask('Ada', query));
    const second = await jsonOf(ask('Ada', first.next));
    const both = await jsonOf(ask('Ada', '/submissions?limit=2'));
    const file = await (await ask('Ada', '/submissions?format=jsonl')).text();

    expect([idsOf(first), idsOf(second), second.next]).toEqual([[newest], [oldest], undefined]);
    expect([idsOf(both), both.next]).toEqual([[newest, oldest], undefined]);
    expect(file.trim().split('\n')).toHaveLength(2);
  });

  const keys = ['id', 'kind', 'submission'];

  test('has feeds without gaps that tell of hidden changes', async () => {
    const [changes, audit, open] = [
      await jsonOf(ask('Ada', '/changes')),
      await jsonOf(ask('Ada', '/audit')),
      await jsonOf(ask('Ada', '/closings')),
    ];

    expect([idsOf(changes), changes.hasMore]).toEqual([[oldest, newest], false]);
    expect(changes.items.map(Object.keys)).toEqual([keys, keys]);
    const line = { at, by: 'Otto', command: 'decide', detail: 'selection: passed' };
    expect(audit.items).toEqual([
      { ...line, submission: oldest },
      { ...line, submission: newest },
    ]);
    expect(open.open).toMatchObject({ count: 2, submissions: [{ id: oldest }, { id: newest }] });
  });

  test('does not open, change or erase it, and is not told why, unless they have declared it themself', async () => {
    const declared = { ...decided, conflicts: [{ by: 'Otto', at }] };
    await records.store.records.keep(
      aRecord(102, { ...declared, createdAt: minute(-1) }, by('dan@example.org')),
      [],
      aWriter,
    );
    const own = `/submissions/${anId(101)}`;
    const decision = JSON.stringify({ stage: 'selection', outcome: 'passed', override: true, reason: 'Mine.' });

    const answers = [
      await ask('Ada', own),
      await ask('Ada', `${own}/decision`, { method: 'PUT', body: decision }),
      await ask('Ada', `${own}/reopening`, { method: 'POST', body: '{"reason":"Mine."}' }),
      await ask('Ada', own, { method: 'DELETE' }),
    ];
    const other = await problemOf(await ask('Otto', `/submissions/${anId(102)}`));

    const conflict = {
      type: problemType('conflict-of-interest'),
      title: 'You have a conflict of interest',
      status: 403,
    };
    for (const answer of answers) expect(await problemOf(answer)).toEqual(conflict);
    expect(other).toEqual({ ...conflict, reason: 'declared' });
    expect(await records.store.records.find(anId(101))).toMatchObject({ kind: 'found' });
  });

  test('is kept away as soon as the workflow knows of it, and before the record does', async () => {
    const recordOf = async () => aRecord(1, { ...decided, conflicts: [{ by: 'Otto', at }] }, by('ben@example.org'));

    const answer = await theApp({ commands: { ...noCommands, recordOf } })('Otto', `/submissions/${oldest}`);

    expect((await problemOf(answer)).type).toBe(problemType('conflict-of-interest'));
  });

  test('learns from no message id whether there is such a message', async () => {
    const resolution = { method: 'PUT', body: JSON.stringify({ resolution: 'delivered', reason: 'It is there.' }) };
    const content = {
      kind: 'organisers' as const,
      fields: { ...{ submission: anId(101), title: 'A talk' }, ...notice },
    };
    const id = messageIdOf(anId(101), 'decision-due', 'email');
    await records.store.records.keep(
      aRecord(101, { ...decided, revision: 4, createdAt: minute(60) }, adas),
      [{ id, release: 'decision-due', channel: 'email', content }],
      aWriter,
    );

    const [there, not] = [
      await ask('Ada', `/messages/${id}/resolution`, resolution),
      await ask('Ada', `/messages/${anId(101)}.accepted.email/resolution`, resolution),
    ];

    expect(await problemOf(there)).toEqual(await problemOf(not));
    expect(await jsonOf(ask('Ada', '/messages'))).toEqual({ items: [] });
    expect(idsOf(await jsonOf(ask('Otto', '/messages')))).toEqual([id]);
  });

  test('hears nothing of their talk in the audit after it was erased either; the others do', async () => {
    await theApp({ submissions: aPort({ forget: async () => undefined }) })('Otto', `/submissions/${anId(41)}`, {
      method: 'DELETE',
    });

    const [adas, ottos] = [await jsonOf(ask('Ada', '/audit')), await jsonOf(ask('Otto', '/audit'))];
    const [hers, his] = [await jsonOf(ask('Ada', '/changes')), await jsonOf(ask('Otto', '/changes'))];

    expect(JSON.stringify([adas, hers])).not.toContain(anId(41));
    expect(ottos.items).toContainEqual(expect.objectContaining({ command: 'erase', submission: anId(41) }));
    expect(his.items).toContainEqual({ id: anId(41), kind: 'erased' });
  });
});

describe.each(databases)('a conflict of interest said of a talk that was reopened, in the %s database', (kind) => {
  const kept = useStore(kind);
  const [old, reopened] = [anId(1), anId(2)];
  const talk = by('ben@example.org');
  const over = { ...decided, releases: [{ name: 'rejected' as const, number: 1, revision: 1, at }] };
  const rejected = aRecord(1, { ...over, conclusion: { kind: 'rejected' } }, talk);
  const goesOn = (change: Described) =>
    kept.store.records.keep(aRecord(2, { ...decided, original: old, commands: [], ...change }, talk), [], aWriter);
  const conflicts = [{ by: 'Otto', at, confirmedBy: 'Ada' }];
  const content = { kind: 'organisers' as const, fields: { ...{ submission: old, title: 'A talk' }, ...notice } };
  const message = {
    id: messageIdOf(old, 'decision-due', 'email'),
    release: 'decision-due' as const,
    channel: 'email' as const,
    content,
  };
  beforeAll(async () => {
    await kept.store.records.keep(rejected, [message], aWriter);
    await goesOn({});
  });

  test('keeps away from all that the talk was and is, whoever writes last', async () => {
    const forget = async () => undefined;
    // Temporal has the old one, as it ended.
    const recordOf = async (id: string) => (id === old ? rejected : undefined);
    const submissions = aPort({ forget, start: async () => Promise.reject(new Error('it is reopened')) });
    const ask = theApp({ store: kept.store, submissions, commands: { ...noCommands, recordOf } });
    const statuses = async (path: string) => [
      (await ask('Otto', path)).status,
      (await ask('Otto', `${path}/reopening`, { method: 'POST', body: '{"reason":"Mine."}' })).status,
      (await ask('Otto', `/messages/${message.id}/resolution`, { method: 'PUT', body: resolution })).status,
    ];
    const resolution = JSON.stringify({ resolution: 'delivered', reason: 'It is there.' });
    const before = (await ask('Otto', `/submissions/${old}`)).status;

    await goesOn({ revision: 4, conflicts });
    const first = await statuses(`/submissions/${old}`);
    // As a reset of its workflow leaves it, and as a talk that is reopened once more begins.
    await goesOn({ revision: 5 });
    await kept.store.records.keep(aRecord(3, { ...decided, original: old, commands: [] }, talk), [], aWriter);
    const later = [await statuses(`/submissions/${reopened}`), await statuses(`/submissions/${anId(3)}`)];
    const texts = await Promise.all(
      ['/submissions', '/changes', '/audit', '/messages', '/closings'].map(async (path) =>
        (await ask('Otto', path)).text(),
      ),
    );
    const erasures = await Promise.all(
      [old, reopened, anId(3)].map(
        async (id) => (await ask('Otto', `/submissions/${id}`, { method: 'DELETE' })).status,
      ),
    );

    const barred = [403, 403, 403];
    expect([before, first, ...later, erasures]).toEqual([200, barred, barred, barred, barred]);
    expect(texts.join()).not.toMatch(new RegExp([old, reopened, anId(3)].join('|')));
    expect(await kept.store.records.find(old)).toMatchObject({ kind: 'found' });
  });

  test('is not known while the database is out of reach: then what is over is not opened', async () => {
    const out = async () => Promise.reject(new NoAnswerError('stalled'));
    const store = {
      ...kept.store,
      records: { ...kept.store.records, find: out },
      list: { ...kept.store.list, find: out },
    };

    const answer = await theApp({ store, commands: { ...noCommands, recordOf: async () => rejected } })(
      'Otto',
      `/submissions/${old}`,
    );

    expect(answer.status).toBe(503);
  });
});

test('what an operation counts is for who has started it; the others see that it runs, and how it ended', async () => {
  const operation = {
    ...initialOperation({ id: 'a'.repeat(32), createdAt: at }),
    ...{ status: 'Succeeded' as const, lastUpdatedAt: minute(1) },
    ...{ progress: { completed: 42, total: 42 }, result: { done: 41, skipped: 1 } },
  };
  const operations = { ...noOperations, read: async () => ({ operation, startedBy: 'Otto' }) };
  const ask = theApp({ operations });

  const [own, other] = [
    await jsonOf(ask('Otto', `/announcements/${operation.id}`)),
    await jsonOf(ask('Ada', `/announcements/${operation.id}`)),
  ];

  expect(own).toEqual(operation);
  const { result: _, ...rest } = operation;
  expect(other).toEqual({ ...rest, progress: { completed: 1, total: 1 } });
});

describe('a cursor', () => {
  const ask: ReturnType<typeof theApp> = (...question) => theApp()(...question);
  const next = async (person: string, query: string) =>
    new URL((await jsonOf(ask(person, `/submissions?${query}`))).next).searchParams.get('cursor') ?? '';

  test('is the same bytes for the same place, and says nothing in clear', async () => {
    const [one, again] = [await next('Otto', 'limit=1'), await next('Otto', 'limit=1')];

    expect(one).toBe(again);
    expect(Buffer.from(one, 'base64url').toString('latin1')).not.toContain('2026');
  });

  test.each([
    ['garbage', async () => 'garbage'],
    ['a place in clear', async () => `${at}_${oldest}`],
    ["another person's", () => next('Ada', 'limit=1')],
    ['one of other filters', () => next('Otto', 'track=data&limit=1')],
    ['one of another list', async () => (await jsonOf(ask('Otto', '/changes'))).next],
    [
      'one with another letter at its end',
      async () => (await next('Otto', 'limit=1')).replace(/.$/, (c) => (c === 'A' ? 'B' : 'A')),
    ],
    [
      'one with another letter at its beginning',
      async () => (await next('Otto', 'limit=1')).replace(/^./, (c) => (c === 'A' ? 'B' : 'A')),
    ],
    ['one that is padded', async () => `${await next('Otto', 'limit=1')}=`],
  ])('that is %s is refused, the same way for whatever it is', async (_, cursorOf) => {
    const answer = await ask('Otto', `/submissions?cursor=${encodeURIComponent(await cursorOf())}`);

    const errors = [{ detail: 'must be the `next` value of the previous response, unchanged', pointer: '/cursor' }];
    expect(await problemOf(answer)).toEqual({
      ...{ type: problemType('invalid-query'), title: 'The query is not valid', status: 400 },
      errors,
    });
  });
});
