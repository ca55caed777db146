import { describe, expect, test } from 'vitest';
import { createOrganiser, RefusedError, UnexpectedAnswerError } from '../../client/index.ts';
import { answer, aService, collect, gapsOf, headersOf, lost, settle, useFakeClock } from '../support/service.ts';

useFakeClock();

const id = '8c4a346a0853d91a8a532b6790729547';
const base = 'https://cfs.example.org/base/api/organiser';
const organiser = () => createOrganiser('https://cfs.example.org/base/', 'a-token');

const aSubmission = (title: string) => ({
  id,
  createdAt: '2026-11-01T12:00:00.000Z',
  lastUpdatedAt: '2026-11-01T12:00:00.000Z',
  stage: 'selection',
  submission: { title, description: 'About it.', track: 'web', format: 'talk' },
});
const anOperation = (status: string) => ({
  id,
  status,
  createdAt: '2026-11-01T12:00:00.000Z',
  lastUpdatedAt: '2026-11-01T12:00:00.000Z',
  progress: { completed: 1, total: 2 },
});
const aVerdict = { stage: 'selection', outcome: 'passed', reasons: [], decidedAt: '2026-11-01T12:00:00Z', number: 1 };
const aReview = { stage: 'selection', by: 'Grace', at: '2026-11-01T12:00:00.000Z', scores: { fit: 4 } };
const aMessage = {
  id: `${id}.accepted.email`,
  submission: id,
  release: 'accepted',
  channel: 'email',
  state: 'parked',
  attempts: 1,
  createdAt: '2026-11-01T12:00:00.000Z',
  updatedAt: '2026-11-01T12:00:00.000Z',
};
const aPreview = { name: 'accepted', isOwn: false, subject: 'Yes', text: 'Dear Ada', html: '<p>Dear Ada</p>' };
const counts = { open: { count: 2, submissions: [] }, undelivered: { count: 0, messages: [] } };
const leftOpen = { opens: '2026-01-01T00:00:00Z', closes: '2026-02-01T00:00:00Z', ...counts };

describe('the organiser', () => {
  test('lists all pages, as `next` says', async () => {
    const { requests, fetch } = aService(
      () => answer(200, { items: [aSubmission('One')], next: `${base}/submissions?cursor=sealed` }),
      () => answer(200, { items: [aSubmission('Two')] }),
    );

    const all = await settle(collect(organiser().list({ stage: 'selection' }, { fetch })));

    expect(all).toEqual([aSubmission('One'), aSubmission('Two')]);
    expect(requests.map(({ url }) => url)).toEqual([
      `${base}/submissions?stage=selection&limit=200`,
      `${base}/submissions?cursor=sealed`,
    ]);
    expect(headersOf(requests, 'Authorization')).toEqual(['Bearer a-token', 'Bearer a-token']);
  });

  test('H12: sends the token to no other host that a page points to', async () => {
    const { requests, fetch } = aService(
      () => answer(200, { items: [], next: 'https://evil.example/' }),
      () => answer(200, { items: [] }),
    );

    const error = await settle(collect(organiser().list({}, { fetch })));

    expect(error).toBeInstanceOf(UnexpectedAnswerError);
    expect(requests).toHaveLength(1);
  });

  test('lists all messages of a state', async () => {
    const { requests, fetch } = aService(
      () => answer(200, { items: [aMessage], next: 'sealed' }),
      () => answer(200, { items: [aMessage] }),
    );

    const all = await settle(collect(organiser().messages({ state: 'parked' }, { fetch })));

    expect(all).toEqual([aMessage, aMessage]);
    expect(requests.map(({ url }) => url)).toEqual([
      `${base}/messages?state=parked`,
      `${base}/messages?state=parked&after=sealed`,
    ]);
  });

  const decision = { stage: 'selection', outcome: 'passed' } as const;
  test.each([
    ['read', () => organiser().read, [id], 'GET', `submissions/${id}`, { ...aSubmission('One'), reviews: [aReview] }],
    ['review', () => organiser().review, [id, { scores: { fit: 4 } }], 'PUT', `submissions/${id}/review`, aReview],
    ['decide', () => organiser().decide, [id, decision], 'PUT', `submissions/${id}/decision`, aVerdict],
    ['erase', () => organiser().erase, [id], 'DELETE', `submissions/${id}`, { id, state: 'erasing' }],
    ['preview', () => organiser().preview, ['accepted'], 'GET', 'templates/accepted', aPreview],
    ['leftOpen', () => organiser().leftOpen, [], 'GET', 'closings', leftOpen],
  ] as const)('%s: sends its request, and gives the document', async (_, methodOf, args, method, path, document) => {
    const { requests, fetch } = aService(() => answer(200, document));

    const given = await settle(Reflect.apply(methodOf(), undefined, [...args, { fetch }]));

    const [, content] = args as readonly unknown[];
    expect(given).toEqual(document);
    expect(requests).toMatchObject([{ url: `${base}/${path}`, init: { method } }]);
    expect(requests[0]?.init.body).toBe(content && JSON.stringify(content));
    expect(headersOf(requests, 'Authorization')).toEqual(['Bearer a-token']);
  });

  test.each([
    ['announcements', () => organiser().announce({ filter: {} }, { fetch: began.fetch })],
    ['closings', () => organiser().close({}, { fetch: began.fetch })],
  ])('%s: begin once, whatever happens to the connection, and are followed to their end', async (kind, begin) => {
    const location = `${base}/${kind}/${id}`;
    began = aService(lost, () => answer(202, anOperation('NotStarted'), { Location: location }));
    const followed = aService(
      () => answer(202, anOperation('Running'), { 'Retry-After': '7', ETag: '"1"' }),
      () => answer(200, anOperation('Succeeded')),
    );

    const given = await settle(begin());
    const operations = await settle(collect(organiser().follow(location, { fetch: followed.fetch })));

    const [key, again] = headersOf(began.requests, 'Idempotency-Key');
    expect(given).toBe(location);
    expect(key).toMatch(/^[\w-]{36}$/);
    expect(again).toBe(key);
    expect(operations).toEqual([anOperation('Running'), anOperation('Succeeded')]);
    expect(gapsOf(followed.requests)).toEqual([7_000]);
    expect(headersOf(followed.requests, 'Authorization')).toEqual(['Bearer a-token', 'Bearer a-token']);
    expect(headersOf(followed.requests, 'Prefer')).toEqual([undefined, 'wait=25']);
  });
  let began: ReturnType<typeof aService>;

  test('H12: follows to no other host', async () => {
    const { requests, fetch } = aService(
      () => answer(202, anOperation('Running'), { Location: 'https://evil.example/1' }),
      () => answer(200, anOperation('Succeeded')),
    );

    const error = await settle(collect(organiser().follow(`${base}/closings/${id}`, { fetch })));

    expect(error).toBeInstanceOf(UnexpectedAnswerError);
    expect(() => organiser().follow('https://evil.example/1', { fetch })).toThrow(UnexpectedAnswerError);
    expect(requests).toHaveLength(1);
  });

  test('repeats what may pass, at the pace of the service', async () => {
    const erased = () => answer(200, { id, state: 'erased' });
    const { requests, fetch } = aService(lost, () => answer(503, {}, { 'Retry-After': '7' }), erased);

    expect(await settle(organiser().erase(id, { fetch }))).toEqual({ id, state: 'erased' });

    expect(gapsOf(requests)).toEqual([500, 7_000]);
  });

  test('is refused at once by who may not, or where nothing is', async () => {
    const problem = { type: 'https://cfs.example.org/problems#unauthorized', title: 'It is refused', status: 401 };
    const { requests, fetch } = aService(() => answer(401, problem));

    const error = await settle(organiser().erase(id, { fetch }));

    expect(error).toBeInstanceOf(RefusedError);
    expect(requests).toHaveLength(1);
  });

  test.each([
    ['a list', () => organiser().list({}, { fetch: wrong.fetch }).next()],
    ['a submission', () => organiser().read(id, { fetch: wrong.fetch })],
    ['a verdict', () => organiser().decide(id, decision, { fetch: wrong.fetch })],
    ['messages', () => organiser().messages({}, { fetch: wrong.fetch }).next()],
  ])('takes no other JSON for %s', async (_, ask: () => Promise<unknown>) => {
    wrong = aService(() => answer(200, { items: [{}] }));

    expect(await settle(ask())).toBeInstanceOf(UnexpectedAnswerError);
  });
  let wrong: ReturnType<typeof aService>;

  test('takes an id for no path, and a text of two words for no token', async () => {
    const { requests, fetch } = aService(() => answer(200, { id, state: 'erased' }));

    await settle(organiser().erase('../../x', { fetch }));

    expect(requests.map(({ url }) => url)).toEqual([`${base}/submissions/..%2F..%2Fx`]);
    expect(() => createOrganiser('https://cfs.example.org', 'two words')).toThrow(
      new TypeError('this is not a valid token of the committee'),
    );
  });
});
