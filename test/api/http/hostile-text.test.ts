import { beforeAll, describe, expect, test } from 'vitest';
import { noLimits } from '../../../api/limits/limits.ts';
import { definitions } from '../../../api/routes/routes.ts';
import { anApp } from '../../support/app.ts';
import { anId, aRequest, tokens } from '../../support/fixtures.ts';
import { databases, useStore } from '../../support/stores.ts';

/** PostgreSQL refuses U+0000 in a text, and lone surrogates are no text at all. */
const hostile = ['\0', 'a\0b', '\ud800', 'a\udc00b', `${anId(1)}\0`];

/** In a path or a query, surrogates can only be said as bytes that are no UTF-8. */
const encoded = ['%00', 'a%00b', `${anId(1)}%00`, '%ED%A0%80', '%FF', '%', '%27', 'x'.repeat(500)];

/** The names of the parameters of each route. */
const queries = definitions.flatMap(({ route, takes }): [string, string[]][] =>
  takes?.query ? [[route, Object.keys(takes.query.shape)]] : [],
);

/** Each with one text in it. */
const commands: [method: string, path: string, content: (text: string) => object][] = [
  ['PUT', 'messages/a-message/resolution', (reason) => ({ resolution: 'abandoned', reason })],
  ['POST', 'announcements', (track) => ({ filter: { track } })],
  ['POST', 'announcements', (id) => ({ submissions: [id] })],
  ['POST', 'announcements', (reason) => ({ filter: {}, reason })],
  ['POST', 'closings', (reason) => ({ reason })],
  ['POST', `submissions/${anId(1)}/reopening`, (reason) => ({ reason })],
  ['PUT', `submissions/${anId(1)}/review`, (note) => ({ abstains: true, note })],
  ['PUT', `submissions/${anId(1)}/review`, (feedback) => ({ abstains: true, feedback })],
  ['PUT', `submissions/${anId(1)}/review`, (key) => ({ scores: { [key]: 1 } })],
  ['PUT', `submissions/${anId(1)}/decision`, (reason) => ({ stage: 'selection', outcome: 'passed', reason })],
  ['PUT', `submissions/${anId(1)}/deadline`, (reason) => ({ due: '2027-01-01T00:00:00Z', reason })],
  ['PUT', `submissions/${anId(1)}/conflict`, (reason) => ({ reason })],
];

const { speaker } = aRequest();
const submissions: ((text: string) => Record<string, unknown>)[] = [
  (title) => ({ title }),
  (description) => ({ description }),
  (track) => ({ track }),
  (format) => ({ format }),
  (level) => ({ level }),
  (language) => ({ language }),
  (notes) => ({ notes }),
  (link) => ({ links: [`https://example.org/${link}`] }),
  (key) => ({ consents: { [key]: 'x' } }),
  (version) => ({ consents: { 'code-of-conduct': version } }),
  (name) => ({ speaker: { ...speaker, name } }),
  (local) => ({ speaker: { ...speaker, email: `${local}@example.org` } }),
  (domain) => ({ speaker: { ...speaker, email: `ada@${domain}.example.org` } }),
  (bio) => ({ speaker: { ...speaker, bio } }),
  (country) => ({ speaker: { ...speaker, country } }),
  (name) => ({ coSpeakers: [{ name, email: 'eve@example.org' }] }),
];

describe.each(databases)('with the %s database', (kind) => {
  const records = useStore(kind);

  let app: ReturnType<typeof anApp>['app'];
  beforeAll(() => {
    ({ app } = anApp({ store: records.store, limits: noLimits }));
  });

  async function codeOf(method: string, path: string, content?: object): Promise<number> {
    const { status } = await app.request(path, {
      method,
      headers: { Authorization: `Bearer ${tokens.organiser}`, 'Content-Type': 'application/json' },
      ...(content ? { body: JSON.stringify(content) } : {}),
    });
    return status;
  }

  test('no path brings a text to the database that it does not take', async () => {
    const paths = anApp()
      .routes.map((route) => route.split(' '))
      .filter(([, path = '']) => path.includes('{'));

    const codes: [string, number][] = [];
    for (const [method = '', path = ''] of paths)
      for (const text of encoded) {
        const url = path.replaceAll(/\{\w+\}/g, text);
        const content = method === 'get' || method === 'delete' ? undefined : {};
        codes.push([`${method} ${url}`, await codeOf(method.toUpperCase(), url, content)]);
      }

    expect(paths.length).toBeGreaterThan(10);
    expect(codes.filter(([, code]) => code >= 500 || code < 400)).toEqual([]);
  });

  test('a NUL in the id of a message is 404', async () => {
    const content = { resolution: 'abandoned', reason: 'It was told by phone.' };

    expect(await codeOf('PUT', '/api/organiser/messages/a%00b/resolution', content)).toBe(404);
  });

  test('no query does', async () => {
    const codes = new Map<string, number>();
    for (const [route, names] of queries) {
      const [method = '', path] = route.split(' ');
      for (const name of names)
        for (const text of ['%00', 'a%00b', '%ED%A0%80'])
          codes.set(
            `${route}?${name}=${text}`,
            await codeOf(method, `${path}?${name}=${text}`, method === 'GET' ? undefined : {}),
          );
    }

    expect([...codes].filter(([, code]) => code !== 400 && code !== 200)).toEqual([]);
    expect([...codes].filter(([url, code]) => url.includes('%00') && code !== 400)).toEqual([]);
  });

  test('no content does', async () => {
    const codes: [string, number][] = [];
    for (const text of hostile) {
      for (const [method, path, contentOf] of commands) {
        const content = contentOf(text);
        codes.push([`${path} ${JSON.stringify(content)}`, await codeOf(method, `/api/organiser/${path}`, content)]);
      }
      for (const changeOf of submissions) {
        const content = aRequest(changeOf(text));
        codes.push([JSON.stringify(content), await codeOf('POST', '/api/submissions', content)]);
      }
    }

    expect(codes.filter(([, code]) => code !== 422)).toEqual([]);
  });
});
