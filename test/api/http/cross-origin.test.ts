import { describe, expect, test } from 'vitest';
import { anApp } from '../../support/app.ts';

const origin = 'https://conference.example';
const headers = { Origin: origin };

describe('H29: a page of another origin', () => {
  test('that is configured may read every answer, errors too, with the headers of the contract', async () => {
    const { app } = anApp({ corsOrigins: [origin] });

    for (const [method, path] of [
      ['GET', '/nothing'],
      ['POST', '/api/submissions'],
      ['PUT', '/api/submissions'],
      ['GET', '/api/organiser/call'],
    ] as const) {
      const response = await app.request(path, { method, headers });

      expect(response.headers.get('Access-Control-Allow-Origin')).toBe(origin);
      expect(response.headers.get('Vary')).toContain('Origin');
      expect(response.headers.get('Access-Control-Expose-Headers')?.split(',').sort()).toEqual(
        [
          ...['Location', 'Operation-Location', 'Content-Location', 'Retry-After', 'ETag', 'Link'],
          ...['Preference-Applied', 'RateLimit', 'RateLimit-Policy', 'X-Request-Id'],
        ].sort(),
      );
    }
  });

  test('that is configured may ask before', async () => {
    const { app } = anApp({ corsOrigins: [origin] });

    const response = await app.request('/api/submissions', {
      method: 'OPTIONS',
      headers: { ...headers, 'Access-Control-Request-Method': 'POST' },
    });

    expect(response.status).toBe(204);
    expect(response.headers.get('Access-Control-Allow-Methods')).toContain('DELETE');
    for (const name of ['Authorization', 'Content-Type', 'Idempotency-Key', 'If-None-Match', 'Prefer'])
      expect(response.headers.get('Access-Control-Allow-Headers')).toContain(name);
  });

  test('H20, H28: what is no question before is no preflight, and a preflight is as safe as any answer', async () => {
    const { app } = anApp({ corsOrigins: [origin] });

    const options = await app.request('/api/submissions', { method: 'OPTIONS', headers });
    const preflight = await app.request('/api/submissions', {
      method: 'OPTIONS',
      headers: { ...headers, 'Access-Control-Request-Method': 'POST' },
    });

    expect([options.status, options.headers.get('Allow')]).toEqual([405, 'POST']);
    expect(options.headers.get('Access-Control-Allow-Origin')).toBe(origin);
    for (const answer of [options, preflight]) {
      expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(answer.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
      expect(answer.headers.get('Vary')).toMatch(/^Origin(, Access-Control-Request-Headers)?$/);
    }
  });

  test.each([
    ['is not configured', [origin], 'https://evil.example'],
    ['comes where none is', [], origin],
  ])('that %s may read nothing', async (_, corsOrigins, other) => {
    const { app } = anApp({ corsOrigins });

    const answers = [
      await app.request('/api/nothing', { headers: { Origin: other } }),
      await app.request('/api/submissions', { method: 'OPTIONS', headers: { Origin: other } }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([404, 405]);
    for (const { headers } of answers) expect(headers.get('Access-Control-Allow-Origin')).toBeNull();
    // What is kept of it must not be given to those who may.
    for (const { headers } of answers) expect(headers.get('Vary')).toBe(corsOrigins.length > 0 ? 'Origin' : null);
  });
});
