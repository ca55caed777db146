import { describe, expect, test } from 'vitest';
import { initialState } from '../../../contract/initial-state.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import type { Conclusion } from '../../../contract/record.ts';
import { anApp, aPort } from '../../support/app.ts';
import { anId, anInput } from '../../support/fixtures.ts';
import { aState } from '../../support/records.ts';

const url = `/api/submissions/${anId(1)}`;

function anAppWith(conclusion?: Conclusion) {
  const status = publicStatus(conclusion ? aState(initialState(anInput()), { conclusion }) : initialState(anInput()));
  return anApp({ submissions: aPort({ source: { name: 'one', read: async () => ({ kind: 'found', status }) } }) }).app;
}

const getWith = (app: ReturnType<typeof anAppWith>, tags: string, method = 'GET') =>
  app.request(url, { method, headers: { 'If-None-Match': tags } });

describe('H17: the entity tag of a status', () => {
  test('is strong, and of the document alone: the same from any gateway, at any time', async () => {
    const [one, other, ended] = await Promise.all(
      [anAppWith(), anAppWith(), anAppWith({ kind: 'accepted' })].map(async (app) =>
        (await app.request(url)).headers.get('ETag'),
      ),
    );

    expect(one).toMatch(/^"[\w-]{22}"$/);
    expect(other).toBe(one);
    expect(ended).not.toBe(one);
  });

  test.each([
    ['it', (tag: string) => tag],
    ['a weak one', (tag: string) => `W/${tag}`],
    ['a list', (tag: string) => `"a", W/"b" ,${tag}`],
    ['anything', () => '*'],
    ['what Apache makes of it', (tag: string) => tag.replace(/"$/, '-gzip"')],
    ['what Jetty makes of it', (tag: string) => tag.replace(/"$/, '--gzip"')],
    ['what another proxy makes of it', (tag: string) => `W/${tag.replace(/"$/, ';br"')}`],
  ])('H35: for whoever has %s there is a 304 with the same headers, and without a body', async (_, tags) => {
    const app = anAppWith();
    const full = await app.request(url);

    const response = await getWith(app, tags(full.headers.get('ETag') ?? ''));

    expect(response.status).toBe(304);
    expect(await response.text()).toBe('');
    for (const name of ['ETag', 'Cache-Control', 'Location', 'Operation-Location', 'Content-Location'])
      expect(response.headers.get(name)).toBe(full.headers.get(name));
    expect(response.headers.get('Retry-After')).toMatch(/^[1-9]\d*$/);
  });

  test('H26: a 304 of what is over has no Retry-After', async () => {
    const app = anAppWith({ kind: 'accepted' });
    const tag = (await app.request(url)).headers.get('ETag') ?? '';

    const [get, head] = [await getWith(app, tag), await getWith(app, tag, 'HEAD')];

    expect([get.status, head.status]).toEqual([304, 304]);
    expect([get, head].map(({ headers }) => headers.has('Retry-After'))).toEqual([false, false]);
  });

  test.each([
    () => '"another"',
    () => 'nonsense',
    () => '',
    () => '""',
    (tag: string) => `${tag}x`,
    (tag: string) => `x${tag}`,
    (tag: string) => `"a" ${tag}`,
    (tag: string) => `"a, ${tag}`,
    (tag: string) => `w/${tag}`,
    (tag: string) => `*, ${tag}`,
    (tag: string) => tag.slice(1, -1),
    (tag: string) => tag.replace(/"$/, 'gzip"'),
    (tag: string) => tag.replace(/"$/, '-"'),
    (tag: string) => tag.replace(/^"/, '"gzip-'),
  ])('for whoever has something else, or nothing that is a tag (%s), there is the document', async (tags) => {
    const app = anAppWith();
    const tag = (await app.request(url)).headers.get('ETag') ?? '';

    expect((await getWith(app, tags(tag))).status).toBe(202);
  });
});
