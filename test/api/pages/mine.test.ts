import { describe, expect, test } from 'vitest';
import { NoAnswerError } from '../../../store/unreachable.ts';
import { anApp, noStore } from '../../support/app.ts';
import { anId, publicUrl } from '../../support/fixtures.ts';
import { sendForm } from '../../support/forms.ts';
import { codes, now, oneOfEach, speakers, withTalks } from '../../support/letters.ts';

type Change = NonNullable<Parameters<typeof anApp>[0]>;

function aBrowser(change: Change = {}) {
  const { plain } = anApp({ now: () => now, ...change });
  const post = (path: string, form: Record<string, string>, headers?: Record<string, string>) =>
    sendForm(plain, path, form, headers);
  return {
    post,
    get: async (path: string, init: RequestInit = {}) => plain.request(path, init),
    withForm: async (code: string) => post('/mine', { code }),
    withScript: async (code: string) => post('/mine', {}, { Authorization: `Bearer ${code}` }),
  };
}

const titlesIn = (page: string) => [...page.matchAll(/<h2 dir="auto">([^<]*)<\/h2>/g)].map(([, title]) => title);

describe('/mine', () => {
  test('H24: GET and HEAD are the same for everybody, and ask for nothing', async () => {
    const { get } = aBrowser();

    const [page, withToken, head] = [
      await get('/mine'),
      await get('/mine', { headers: { Authorization: `Bearer ${codes.access}` } }),
      await get('/mine', { method: 'HEAD' }),
    ];
    const text = await page.text();

    expect([page.status, head.status, await head.text()]).toEqual([200, 200, '']);
    expect(await withToken.text()).toBe(text);
    expect(text).toContain('Your private code');
    expect(text).toContain('Send me my link');
  });

  test('H39: lists the talks, those that need an answer on top, each with its word and one line', async () => {
    const { withForm } = aBrowser(withTalks(oneOfEach));

    const response = await withForm(codes.access);
    const page = await response.text();

    expect([response.status, response.headers.get('Cache-Control')]).toEqual([200, 'no-store']);
    expect(titlesIn(page)).toEqual([
      ...['Queues, in sixty minutes', 'Ten years of cron jobs'],
      ...['What ninety days of waiting taught us', 'Sagas', 'Retries', 'Clocks'],
    ]);
    expect(page).toContain('2 of them need an answer from you.');
    for (const word of ['Under review', 'Answer needed', 'Confirmed', 'Not accepted', 'Withdrawn'])
      expect(page).toContain(`>${word}</span>`);
  });

  test('H12: without the script, tokens are in forms and in no URL; with it they are behind #', async () => {
    const { withForm, withScript } = aBrowser(withTalks([{ generation: 2 }, { isProved: false, address: 1 }]));
    const [own, toProve] = [speakers.of(anId(1), 2), speakers.ofPurpose('proof', anId(2), 1)];

    const [plain, scripted] = [
      await (await withForm(codes.access)).text(),
      await (await withScript(codes.access)).text(),
    ];

    expect(plain).toContain(`action="/submissions/${anId(1)}/key"><input type="hidden" name="code" value="${own}"/>`);
    expect(plain).not.toMatch(/href="[^"]*#1\./);
    expect(scripted).toContain(`href="/submissions/${anId(1)}#${own}"`);
    expect(scripted).toContain(`href="/submissions/${anId(1)}/end-links#${own}"`);
    for (const page of [plain, scripted]) {
      expect(page).toContain(`name="code" value="${toProve}"`);
      expect(page).toContain(`action="/submissions/${anId(2)}/not-mine"`);
      expect(page).not.toMatch(/(?:href|action)="[^"#]*1\.(?:\d\.)?[\w-]{40}/);
    }
  });

  test.each([
    [{}, ''],
    [{ step: 'end-links' }, '/end-links'],
    [{ step: '//evil.example' }, ''],
  ])('H12: the token of a talk is exchanged for the cookie of its pages: %j', async (more, page) => {
    const { post } = aBrowser();
    const token = speakers.of(anId(1));

    const response = await post(`/submissions/${anId(1)}/key`, { code: token, ...more });

    expect(response.headers.get('Location')).toBe(`${publicUrl}/submissions/${anId(1)}${page}`);
    expect(response.headers.get('Set-Cookie')).toContain(
      `speaker=${token}; Max-Age=3600; Path=/submissions/${anId(1)};`,
    );
  });

  test('is empty for an address without talks', async () => {
    const page = await (await aBrowser(withTalks([])).withForm(codes.access)).text();

    expect(page).toContain('No talk with this address yet.');
    expect(page).toContain('Propose a talk');
    expect(page).not.toContain('<ul class="talks"');
  });

  test('says until when a link of ours has worked, and offers another, filled by nobody', async () => {
    const { withForm } = aBrowser();

    const response = await withForm(codes.expired);
    const page = await response.text();

    expect(response.status).toBe(401);
    expect(response.headers.get('WWW-Authenticate')).toMatch(/^Bearer /);
    expect(page).toMatch(/This link worked until <time datetime="2026-11-26T11:00:00.000Z"/);
    expect(page).toContain('Send me my link');
    expect(page).not.toContain('ada@example.org"');
  });

  test.each([
    ['anything else', '1.a.garbage.code'],
    ['the token of a talk', codes.speaker],
    ['one that was changed', `${codes.expired}x`],
  ])('H30: is 401 for %s', async (_, code) => {
    const response = await aBrowser(withTalks(oneOfEach)).withForm(code);

    expect(response.status).toBe(401);
    expect(await response.text()).toContain('This code opens nothing.');
  });

  test('without a code says so at the field; from another site it is refused', async () => {
    const { post } = aBrowser(withTalks(oneOfEach));

    const empty = await post('/mine', { code: ' ' });
    const foreign = await post('/mine', { code: codes.access }, { Origin: 'https://evil.example' });

    expect([empty.status, foreign.status]).toEqual([422, 403]);
    expect(await empty.text()).toContain('<a href="#code">Paste your private code</a>');
  });

  test('gives the form back, with its code, while the database is out of reach', async () => {
    const heldBy = () => Promise.reject(new NoAnswerError('away'));
    const { withForm } = aBrowser({ store: { ...noStore, talks: { heldBy } } });

    const response = await withForm(codes.access);

    expect(response.status).toBe(503);
    expect(await response.text()).toContain(`<input type="hidden" name="code" value="${codes.access}"/>`);
  });

  test('shows hostile titles as text', async () => {
    const title = '"><script>alert(1)</script><img src=x onerror=alert(1)>';

    const page = await (
      await aBrowser(withTalks([{ title }, { title, isProved: false }])).withScript(codes.access)
    ).text();

    expect(page).not.toMatch(/<img|<script>/);
    expect(page).toContain('&lt;script&gt;');
  });
});
