import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { exported, exportFormats } from '../../../api/exports/exports.ts';
import { checks } from '../../../contract/findings.ts';
import { flags } from '../../../contract/flags.ts';
import {
  conclusions,
  listedSubmissionSchema,
  submissionPageSchema,
  verdicts,
} from '../../../contract/http/listed-submission.ts';
import type { SubmissionRecord } from '../../../contract/record.ts';
import { submissionStages } from '../../../contract/stages.ts';
import { openStore } from '../../../store/store.ts';
import { anApp, noStore, problemOf, problemType } from '../../support/app.ts';
import { anId, aSubmission, publicUrl, tokens } from '../../support/fixtures.ts';
import { aRecord, aVerdict, aWriter, type Described } from '../../support/records.ts';
import { useStore } from '../../support/stores.ts';

const path = '/api/organiser/submissions';
const asOrganiser = { headers: { Authorization: `Bearer ${tokens.organiser}` } };

const records = useStore();
const ask = async (query: string, init: RequestInit = {}) =>
  anApp({ store: records.store }).app.request(`${path}${query}`, { ...asOrganiser, ...init });

const withCode = (record: SubmissionRecord): SubmissionRecord => ({
  ...record,
  state: { ...record.state, code: 'BCDF-GHJK' },
});

beforeAll(async () => {
  const day = (at: number) => `2026-11-0${at}T12:00:00.000Z`;
  const moderated: Described = {
    verdicts: [aVerdict('moderation')],
    stage: 'shortlisting',
    revision: 2,
  };
  const speaker = { name: '=HYPERLINK("http://evil.example","x")', email: 'two@example.org', bio: '@bio' };
  const inert = aSubmission({ title: '+1 for "quotes", commas', notes: '-1\nsecond line', track: 'data', speaker });
  await records.store.records.keep(aRecord(1, { createdAt: day(1) }, aSubmission()), [], aWriter);
  await records.store.records.keep(aRecord(2, { createdAt: day(2), ...moderated }, inert), [], aWriter);
  await records.store.records.keep(withCode(aRecord(3, { createdAt: day(3) }, aSubmission())), [], aWriter);
});

describe('GET /api/organiser/submissions', () => {
  test('pages, each of which says where the next one is', async () => {
    const first = await ask('?limit=2');
    const page = submissionPageSchema.parse(await first.json());
    const second = await ask((page.next ?? '').replace(`${publicUrl}${path}`, ''));
    const rest = submissionPageSchema.parse(await second.json());

    expect([...page.items, ...rest.items].map(({ id }) => id)).toEqual([anId(3), anId(2), anId(1)]);
    expect(first.headers.get('Link')).toBe(`<${page.next}>; rel="next"`);
    expect([rest.next, second.headers.get('Link')]).toEqual([undefined, null]);
    expect(first.headers.get('Cache-Control')).toBe('private, no-cache, no-transform');
  });

  test('the filters of a page are those of the next one', async () => {
    const page = submissionPageSchema.parse(await (await ask('?limit=1&verdict=none&track=web')).json());

    expect(new URL(page.next ?? '').search).toMatch(/^\?track=web&verdict=none&limit=1&cursor=/);
  });

  test.each([
    ['stage', submissionStages],
    ['verdict', [...verdicts, 'none']],
    ['outcome', [...conclusions, 'none']],
    ['flag', flags],
    ['finding', checks],
  ] as const)('every %s that there is can be asked for', async (name, values) => {
    const answers = await Promise.all(values.map((value) => ask(`?${name}=${value}`)));

    expect(answers.map(({ status }) => status)).toEqual(values.map(() => 200));
  });

  test('a code that was read aloud finds its submission, in any case, with and without the dash', async () => {
    const spoken = ['BCDF-GHJK', 'bcdfghjk', 'Bcdf%20ghjK', 'BCDF-GHJX'];

    const pages = await Promise.all(spoken.map(async (code) => (await ask(`?code=${code}`)).json()));

    const found = pages.map((page) => submissionPageSchema.parse(page).items.map(({ id, code }) => [id, code]));
    expect(found).toEqual([...Array(3).fill([[anId(3), 'BCDF-GHJK']]), []]);
  });

  test.each(['code=BCDF-GHJK', 'verdict=passed', 'outcome=accepted', 'flag=same-speaker', 'finding=words'])(
    '%s is refused to reviewers, who see nothing of it',
    async (query) => {
      const headers = { Authorization: `Bearer ${tokens.reviewer}` };

      const refused = await ask(`?${query}`, { headers });
      const list = await (await ask('', { headers })).text();

      const [name] = query.split('=');
      expect((await problemOf(refused)).errors).toEqual([{ detail: 'is only for organisers', pointer: `/${name}` }]);
      expect(list).toContain(anId(3));
      expect(list).not.toContain('BCDF-GHJK');
    },
  );

  test('those on the waiting list are looked for by their verdict', async () => {
    const asked: unknown[] = [];
    const page: typeof records.store.list.page = async (filters) => {
      asked.push(filters);
      return { items: [], next: undefined };
    };
    const { app } = anApp({ store: { ...noStore, list: { ...noStore.list, page } } });

    const response = await app.request(`${path}?stage=selection&verdict=waitlisted`, asOrganiser);

    expect(response.status).toBe(200);
    expect(asked).toEqual([{ stage: 'selection', verdict: 'waitlisted' }]);
  });

  test('all of a submission, for those who decide', async () => {
    const { items } = submissionPageSchema.parse(await (await ask('?stage=shortlisting')).json());

    expect(items).toEqual([
      {
        id: anId(2),
        createdAt: '2026-11-02T12:00:00.000Z',
        lastUpdatedAt: '2026-11-01T12:00:00.000Z',
        stage: 'shortlisting',
        verdicts: [aVerdict('moderation')],
        flags: [{ flag: 'similar-text', other: anId(1) }],
        awaits: 'shortlisting',
        submission: expect.objectContaining({ track: 'data', notes: '-1\nsecond line' }),
      },
    ]);
  });

  test('JSON lines have one submission each', async () => {
    const response = await ask('?format=jsonl');

    const lines = (await response.text()).trimEnd().split('\n');
    const items = lines.map((line) => listedSubmissionSchema.parse(JSON.parse(line)));
    expect(items.map(({ id }) => id)).toEqual([anId(3), anId(2), anId(1)]);
    expect(response.headers.get('Content-Type')).toBe('application/jsonl');
    expect(response.headers.get('Content-Disposition')).toBe('attachment; filename="submissions.jsonl"');
  });

  test('CSV is as RFC 4180 has it, and no spreadsheet takes a cell of it for a formula', async () => {
    const response = await ask('?format=csv&track=data');

    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [head = '', row = ''] = new TextDecoder().decode(bytes).split('\r\n');
    expect(head).toMatch(
      /^id,code,createdAt,lastUpdatedAt,stage,verdict,outcome,attendance,panelReviews,panelAbstentions,panelMean,panelMedian,panelStandardDeviation,automaticScore,flags,findings,title,description,track,/,
    );
    expect(row).toContain(`,"'+1 for ""quotes"", commas",`);
    expect(row).toContain(`,"'=HYPERLINK(""http://evil.example"",""x"")",two@example.org,,'@bio,`);
    expect(row.endsWith(`,"'-1\nsecond line"`)).toBe(true);
    expect(response.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
  });

  test('H20: HEAD is as GET, without the content', async () => {
    for (const query of ['', '?format=csv']) {
      const [get, head] = [await ask(query), await ask(query, { method: 'HEAD' })];

      const { 'x-request-id': _, ...headers } = Object.fromEntries(get.headers);
      expect(Object.fromEntries(head.headers)).toMatchObject(headers);
      expect(await head.text()).toBe('');
    }
  });

  test.each([
    ['?stage=nowhere', '/stage'],
    ['?code=ABCD-EFGH', '/code'],
    ['?code=BCDF-GHJ', '/code'],
    ['?verdict=maybe', '/verdict'],
    ['?outcome=won', '/outcome'],
    ['?flag=red', '/flag'],
    ['?format=xlsx', '/format'],
    ['?limit=0', '/limit'],
    ['?limit=201', '/limit'],
    ['?limit=many', '/limit'],
    ['?cursor=garbage', '/cursor'],
    ['?cursor=2026-11-01T12:00:00.000Z_1', '/cursor'],
    ['?stage=moderation&stage=selection', '/stage'],
    ['?colour=blue', '/colour'],
  ])('%s is refused, and named', async (query, pointer) => {
    const problem = await problemOf(await ask(query));

    expect(problem).toMatchObject({ type: problemType('invalid-query'), status: 400 });
    expect(problem.errors?.map((error) => error.pointer)).toEqual([pointer]);
  });

  test.each([
    ['nobody', {}],
    ['a stranger', { Authorization: 'Bearer of-nobody' }],
  ])('H30: %s is refused, the same way for what is there and what is not', async (_, headers) => {
    const { app } = anApp({ store: records.store });
    const answers = [
      await app.request(path, { headers }),
      await app.request(`${path}?stage=nowhere`, { headers }),
      await app.request(`${path}/${anId(1)}`, { method: 'DELETE', headers }),
      await app.request(`${path}/${anId(99)}`, { method: 'DELETE', headers }),
    ];

    const problems = [];
    for (const answer of answers) problems.push(await problemOf(answer));
    expect(new Set(problems.map((problem) => JSON.stringify(problem))).size).toBe(1);
    expect(problems[0]).toMatchObject({ type: problemType('unauthorized'), status: 401 });
    expect(await records.store.records.find(anId(1))).toMatchObject({ kind: 'found' });
  });

  test.each(['', '?format=csv'])(
    'a database out of reach is 503, with its cause in the log only: %s',
    async (query) => {
      const store = openStore(join(import.meta.filename, 'records.db'), () => undefined);
      const { app, logged } = anApp({ store });

      const problem = await problemOf(await app.request(`${path}${query}`, asOrganiser));

      expect(problem).toMatchObject({ type: problemType('temporarily-unavailable'), status: 503 });
      expect(logged).toHaveLength(1);
    },
  );
});

describe('a file', () => {
  test('is read as fast as the client reads, and no faster', async () => {
    let given = 0;
    async function* pages() {
      for (let page = 1; page <= 3; page += 1) {
        given += 1;
        yield [];
      }
    }
    const { head, rows } = exportFormats.csv;

    const reader = exported({ head, rows }, pages()).getReader();

    expect(given).toBe(0);
    await reader.read();
    expect(given).toBe(1);
    await reader.cancel();
    expect(given).toBe(1);
  });

  test('that breaks off is no shorter file, but an error', async () => {
    async function* pages() {
      yield [];
      throw new Error('the database is gone');
    }

    const text = new Response(exported(exportFormats.jsonl, pages())).text();

    await expect(text).rejects.toThrow('the database is gone');
  });
});
