import { describe, expect, test } from 'vitest';
import { anApp } from '../../support/app.ts';
import { aCall } from '../../support/fixtures.ts';

const pages = ['/', '/propose', '/problems'];

const loadedBy = (page: string) =>
  [...page.matchAll(/<(?:script|link|img)\b[^>]*?(?:src|href)="([^"]*)"/g)].map(([, url = '']) => url);

describe('every page', () => {
  test.each(pages)('%s loads what is there, and nothing inline or from elsewhere', async (path) => {
    const { app } = anApp();
    const page = await (await app.request(path)).text();

    const loaded = await Promise.all(loadedBy(page).map((url) => app.request(url)));

    expect(loaded.length).toBeGreaterThan(3);
    expect(loaded.map(({ status }) => status)).toEqual(loaded.map(() => 200));
    expect(page).not.toMatch(/="https?:|\bon\w+=|style=|<style|<script>/);
  });

  test.each(pages)('H28: %s is under the policy of the pages', async (path) => {
    const { app } = anApp();

    const { headers } = await app.request(path);

    expect(Object.fromEntries(headers)).toMatchObject({
      'content-security-policy':
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-request-id': expect.stringMatching(/./),
    });
  });

  test.each(pages)('H20: HEAD %s has the headers of GET, and DELETE is 405', async (path) => {
    const { app } = anApp({ now: () => new Date('2026-11-26T12:00:00Z') });

    const [get, head] = [await app.request(path), await app.request(path, { method: 'HEAD' })];
    const wrong = await app.request(path, { method: 'DELETE' });

    const headersOf = ({ headers }: Response) => ({ ...Object.fromEntries(headers), 'x-request-id': '' });
    expect(headersOf(head)).toEqual(headersOf(get));
    expect(await head.text()).toBe('');
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get('Allow')).toBe(path === '/propose' ? 'GET, HEAD, POST' : 'GET, HEAD');
  });

  test('links lead below the path of the public URL', async () => {
    const { app } = anApp({ publicUrl: 'https://example.org/cfs' });

    const page = await (await app.request('/propose')).text();

    const links = [...page.matchAll(/(?:href|src|action)="(\/[^"]*)"/g)].map(([, url]) => url);
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((url) => !url?.startsWith('/cfs/'))).toEqual([]);
  });

  test.each([
    'frame/base.css',
    'parts/field.js',
    '..%2fpages.ts',
    'frame/files.js',
    'frame/%2fetc%2fpasswd',
    'frame/constructor',
  ])('/pages/%s is no file of theirs', async (file) => {
    const { app } = anApp();

    expect((await app.request(`/pages/${file}`)).status).toBe(404);
  });
});

describe('GET /', () => {
  const at = (now: string) =>
    anApp({ call: aCall({ opens: '2026-11-01T00:00:00Z', closes: '2026-12-01T00:00:00Z' }), now: () => new Date(now) });

  test.each([
    ['2026-10-31T23:59:00Z', 'Opens on', false],
    ['2026-11-01T00:00:00Z', 'The call is open until', true],
    ['2026-12-01T00:00:00Z', 'The call closed on', false],
  ])('at %s says: %s', async (now, words, isOpen) => {
    const page = await (await at(now).app.request('/')).text();

    expect(page).toContain(words);
    expect(page.includes('class="button"')).toBe(isOpen);
  });

  test('is stored for a minute, and not past the instant at which the call opens or closes', async () => {
    const ages = await Promise.all(
      ['2026-11-10T00:00:00Z', '2026-11-30T23:59:40Z', '2026-12-02T00:00:00Z'].map(async (now) =>
        (await at(now).app.request('/')).headers.get('Cache-Control'),
      ),
    );

    expect(ages).toEqual(['public, max-age=60', 'public, max-age=20', 'public, max-age=60']);
  });

  test('says what may be changed, and what reviewers do not see', async () => {
    const panel = { kind: 'panel', quorum: 2, deadline: '14d', whenDue: 'escalate' };
    const automatic = { kind: 'automatic' };
    const stages = {
      moderation: { policy: automatic, languages: ['en'], maxLinks: 1, minWords: 5 },
      shortlisting: { policy: automatic, floor: 1 },
      selection: { policy: panel, bar: 3 },
    };
    const call = aCall({ stages, editsAfterAcceptance: ['title', 'notes'], shownTo: { reviewer: ['notes'] } });

    const page = await (await anApp({ call }).app.request('/')).text();

    expect(page).toContain('you can still change the title and the notes');
    expect(page).toContain('your links or your consents');
    expect(page).not.toContain('your notes');
  });
});
