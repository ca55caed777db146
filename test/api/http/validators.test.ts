import { beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../../contract/http/operation.ts';
import { initialState } from '../../../contract/initial-state.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import { createSpeakerTokens } from '../../../process/speaker-tokens.ts';
import { anApp, aPort, noOperations } from '../../support/app.ts';
import { anId, anInput, aSubmission, speakerTokenKeys, tokens } from '../../support/fixtures.ts';
import { aRecord, aVerdict, aWriter } from '../../support/records.ts';
import { useStore } from '../../support/stores.ts';

const records = useStore();
const operation: Operation = {
  id: anId(8),
  status: 'Running',
  createdAt: '2026-11-01T12:00:00.000Z',
  lastUpdatedAt: '2026-11-01T12:00:00.000Z',
  progress: { completed: 1, total: 2 },
};
const status = publicStatus(initialState(anInput({ id: anId(1) })));

function anOrganisersApp() {
  return anApp({
    store: records.store,
    operations: { ...noOperations, read: async () => ({ operation, startedBy: 'Olga' }) },
    submissions: aPort({ source: { name: 'one', read: async () => ({ kind: 'found', status }) } }),
  });
}

type App = ReturnType<typeof anOrganisersApp>['app'];

const ask = (app: App, path: string, headers: Record<string, string> = {}, method = 'GET') =>
  app.request(path, { method, headers: { Authorization: `Bearer ${tokenFor(path)}`, ...headers } });

const speakers = createSpeakerTokens(speakerTokenKeys);

function tokenFor(path: string): string {
  if (path.endsWith('/proposal')) return speakers.of(anId(1));
  if (path.endsWith('/co-speaker')) return speakers.ofPurpose('co-speaker', anId(1), 1);
  return tokens.organiser;
}

const jun = { name: 'Jun Watanabe', email: 'jun@example.net' };

beforeAll(async () => {
  await records.store.records.keep(
    aRecord(1, { revision: 2, coSpeakers: [{ ...jun, number: 1 }] }, { ...aSubmission(), coSpeakers: [jun] }),
    [],
    aWriter,
  );
  await records.store.records.keep(aRecord(2, { revision: 2 }), [], aWriter);
});

/** All of the API that is read. */
const paths = anApp()
  .routes.filter((route) => /^get \/api\//.test(route))
  .map((route) =>
    route
      .replace('get ', '')
      .replace('{name}', 'accepted')
      .replace(/(announcements|closings)\/\{id\}/, `$1/${anId(8)}`)
      .replace('{id}', anId(1)),
  );

/** It tells where to go on, and its answer is never the same. */
const trigger = '/api/organiser/announcements/trigger';

/** Its answer has tokens in it, and is stored nowhere. */
const talks = '/api/talks';

/** The same for everybody. */
const isPublic = (path: string) => path === '/api/call';

describe('H17, H20, H35: what is read has a strong tag, and is not sent again to whoever has it', () => {
  test.each([...new Set(paths)].filter((path) => path !== trigger && path !== talks))('GET %s', async (path) => {
    const { app } = anOrganisersApp();
    const full = await ask(app, path);
    const tag = full.headers.get('ETag') ?? '';

    const [again, head] = [await ask(app, path, { 'If-None-Match': tag }), await ask(app, path, {}, 'HEAD')];
    const [headAgain, other] = [
      await ask(app, path, { 'If-None-Match': tag }, 'HEAD'),
      await ask(app, path, { 'If-None-Match': '"another"' }),
    ];

    expect(tag).toMatch(/^"[\w-]{22}"$/);
    const caching = isPublic(path) ? 'public, max-age=60' : 'private, no-cache';
    expect(full.headers.get('Cache-Control')).toBe(`${caching}, no-transform`);
    expect([again.status, headAgain.status, other.status]).toEqual([304, 304, full.status]);
    expect([await again.text(), await headAgain.text()]).toEqual(['', '']);
    expect(again.headers.get('ETag')).toBe(tag);
    expect(own(head)).toEqual(own(full));
    expect(await other.text()).toBe(await full.text());
  });

  test('the tag is of what this person sees, not of what is hidden from them', async () => {
    const { app } = anOrganisersApp();
    const asReviewer = { Authorization: `Bearer ${tokens.reviewer}` };
    const list = '/api/organiser/submissions';
    const before = [await ask(app, list), await ask(app, list, asReviewer)];
    // In the same stage still, as far as a reviewer can see.
    const verdicts = [aVerdict('moderation', { outcome: 'rejected' })];
    await records.store.records.keep(aRecord(2, { revision: 3, verdicts }), [], aWriter);
    const after = [await ask(app, list), await ask(app, list, asReviewer)];

    const tags = [...before, ...after].map(({ headers }) => headers.get('ETag'));
    expect(tags[2]).not.toBe(tags[0]);
    expect(await after[1]?.text()).toBe(await before[1]?.text());
    expect(tags[3]).toBe(tags[1]);
  });

  test.each(['csv', 'jsonl'])('a file (%s) is streamed, and has none', async (format) => {
    const { app } = anOrganisersApp();

    const file = await ask(app, `/api/organiser/submissions?format=${format}`, { 'If-None-Match': '*' });

    expect(file.status).toBe(200);
    expect(file.headers.get('ETag')).toBeNull();
    expect(file.headers.get('Cache-Control')).toBe('private, no-cache');
  });
});

const own = ({ headers }: Response) => ({ ...Object.fromEntries(headers), 'x-request-id': '', 'retry-after': '' });
