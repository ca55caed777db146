import { describe, expect, test } from 'vitest';
import { anApp, aPort, problemOf } from '../../support/app.ts';

const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

describe('H25: errors outside of /api', () => {
  test.each([
    [browser, true],
    ['text/html', true],
    ['application/json;q=0.5, text/html;q=0.9', true],
    ['*/*', false],
    ['application/json', false],
    ['application/problem+json, text/html', false],
    ['text/html;q=0, */*', false],
    ['text/html;q=0.1, application/json', false],
    ['', false],
    ['garbage;;;q=,,', false],
  ])('Accept: %s', async (accept, isPage) => {
    const { app } = anApp();

    const response = await app.request('/nothing', { headers: { Accept: accept } });

    expect(response.status).toBe(404);
    expect(response.headers.get('Vary')).toBe('Accept');
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    const type = isPage ? 'text/html; charset=utf-8' : 'application/problem+json';
    expect(response.headers.get('Content-Type')).toBe(type);
  });

  test.each(['/api/nothing', '/api', '/openapi.json/x'.replace('/x', '')])('%s has problems only', async (path) => {
    const { app } = anApp();

    const response = await app.request(path, { method: 'DELETE', headers: { Accept: browser } });

    expect((await problemOf(response)).status).toBeGreaterThanOrEqual(404);
    expect(response.headers.get('Vary')).toBeNull();
  });

  test('H29: vary by origin too where other origins may read', async () => {
    const { app } = anApp({ corsOrigins: ['https://page.example'] });

    const { headers } = await app.request('/nothing', { headers: { Origin: 'https://page.example' } });

    expect(headers.get('Vary')).toBe('Origin, Accept');
  });

  test('H15: what is not there is one page, whatever was asked for', async () => {
    const { app } = anApp();
    const paths = ['/nothing', '/submissions/garbage', '/pages/nothing/nothing', '/submissions/', '/%E0%A4%A'];

    const pages = await Promise.all(
      paths.map(async (path) => (await app.request(path, { headers: { Accept: browser } })).text()),
    );

    expect(pages[0]).toContain('We can&#39;t find that page');
    expect(new Set(pages.slice(0, 4)).size).toBe(1);
  });

  test('a page of 503 says when to come again, and asks nothing that may be down', async () => {
    const { plain, logged } = anApp({ submissions: aPort({}) });
    plain.get('/down', () => {
      throw new Error('the cause');
    });

    const response = await plain.request('/down', { headers: { Accept: browser } });

    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('the cause');
    expect(logged.map(({ requestId }) => requestId)).toEqual([response.headers.get('X-Request-Id')]);
  });
});
