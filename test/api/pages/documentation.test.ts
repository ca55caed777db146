import { describe, expect, test } from 'vitest';
import { problems } from '../../../api/http/problems.ts';
import { anApp, problemOf } from '../../support/app.ts';
import { aCall } from '../../support/fixtures.ts';

const pages = ['/reference'];
const assets = ['start.js', 'swagger-ui.js', 'swagger-ui.css', 'favicon.png'].map((name) => `/reference/${name}`);

async function textOf(path: string) {
  const { app } = anApp();
  return (await app.request(path)).text();
}

describe('the reference', () => {
  test.each(pages)('%s loads what is below it, and nothing inline or from elsewhere', async (path) => {
    const page = await textOf(path);

    const loaded = [...page.matchAll(/<(?:script|link|img)\b[^>]*?(?:src|href)="([^"]*)"/g)].map(
      ([, url]) => `/${url}`,
    );
    expect(assets).toEqual(expect.arrayContaining(loaded));
    expect(page).not.toMatch(/https?:|\bon\w+=|style=|<style|<script>/);
  });

  test.each([...pages, ...assets])('H28: %s is under a policy of its own', async (path) => {
    const { app } = anApp();

    const response = await app.request(path);

    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'public, max-age=300',
    });
  });

  test.each([...pages, ...assets, '/openapi.json'])('H20: HEAD %s has the headers of GET', async (path) => {
    const { app } = anApp();

    const [get, head] = [await app.request(path), await app.request(path, { method: 'HEAD' })];

    const headersOf = ({ headers }: Response) => ({ ...Object.fromEntries(headers), 'x-request-id': '' });
    expect(headersOf(head)).toEqual(headersOf(get));
    expect(get.headers.get('Content-Length')).toBe(String((await get.arrayBuffer()).byteLength));
    expect(await head.text()).toBe('');
  });

  test.each([...pages, ...assets, '/openapi.json'])('H20: POST %s: 405 with Allow', async (path) => {
    const { app } = anApp();

    const response = await app.request(path, { method: 'POST' });

    expect(await problemOf(response)).toMatchObject({ status: 405 });
    expect(response.headers.get('Allow')).toBe('GET, HEAD');
  });

  test.each([
    '',
    'index.html',
    'package.json',
    '..%2fpackage.json',
    '..%2f..%2fpackage.json',
    '%2fetc%2fpasswd',
    'constructor',
  ])('/reference/%s: 404, as anything else that is not there', async (name) => {
    const { app } = anApp();

    expect(await problemOf(await app.request(`/reference/${name}`))).toMatchObject({ status: 404 });
  });
});

describe('the page of problems', () => {
  test('has a place for each code, as the type of a problem points to it', async () => {
    const page = await textOf('/problems');

    for (const [code, { status, title, advice }] of Object.entries(problems)) {
      const section = page.split('<section ').find((one) => one.startsWith(`id="${code}"`));
      expect(section).toContain(`<h2>${title.replaceAll("'", '&#39;')}</h2>`);
      expect(section).toContain(`status ${status}`);
      expect(section).toContain(advice.slice(0, 20));
    }
  });

  test.each(['/reference', '/problems'])('%s shows the name of the call as text', async (path) => {
    const { app } = anApp({ call: aCall({ name: '<script>alert(1)</script>' }) });

    const page = await (await app.request(path)).text();

    expect(page).toContain('&lt;script&gt;alert(1)');
    expect(page).not.toMatch(/<script>|<script [^>]*alert/);
  });
});
