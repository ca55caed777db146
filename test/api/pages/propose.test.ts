import { describe, expect, test } from 'vitest';
import { createLimits } from '../../../api/limits/limits.ts';
import { TemporalUnavailableError } from '../../../temporal/bounded-calls.ts';
import { anApp, aPort, problemOf, problemType } from '../../support/app.ts';
import { aCall, publicUrl } from '../../support/fixtures.ts';
import { sendForm } from '../../support/forms.ts';

const talk = {
  title: 'A talk about waiting',
  description: 'We moved a review process with long waits to durable workflows,\r\nand I show what became simpler.',
  track: 'web',
  format: 'workshop',
  level: '',
  language: '',
  links: 'https://example.org/one\r\n\r\n https://example.org/two ',
  notes: '',
  'speaker.name': 'Ada Lovelace',
  'speaker.email': 'ada@example.org',
  'speaker.bio': '',
  'speaker.country': '',
};

const key = '25f015ee-a3b6-4755-8fd7-0caf72b57c88';

function send(
  { app }: ReturnType<typeof anApp>,
  fields: Record<string, string> = {},
  headers: Record<string, string> = {},
) {
  return sendForm(app, '/propose', { ...talk, key, ...fields }, headers);
}

const keyIn = (page: string) => /name="key" value="([^"]*)"/.exec(page)?.[1];

describe('POST /propose', () => {
  test('submits the talk as the API does, and sends to the page that says so', async () => {
    const gateway = anApp();

    const response = await send(gateway);

    const [[id, { input }] = ['', { input: undefined }]] = [...gateway.started];
    expect(response.status).toBe(303);
    expect(response.headers.get('Location')).toBe(`${publicUrl}/submissions/${id}/received`);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(input?.submission).toEqual({
      title: talk.title,
      description: talk.description.replace('\r\n', '\n'),
      track: 'web',
      format: 'workshop',
      links: ['https://example.org/one', 'https://example.org/two'],
      speaker: { name: 'Ada Lovelace', email: 'ada@example.org' },
    });
  });

  test('H12: the token travels in a cookie of an hour, for the pages of this submission alone', async () => {
    const gateway = anApp();

    const response = await send(gateway);

    const [id = ''] = [...gateway.started.keys()];
    expect(response.headers.get('Set-Cookie')).toMatch(
      new RegExp(`^speaker=1\\.[\\w-]{43}; Max-Age=3600; Path=/submissions/${id}; HttpOnly; Secure; SameSite=Strict$`),
    );
    expect(response.headers.get('Location')).not.toContain('1.');
  });

  test('H10: sent twice it is one talk, and with another text it is none until it is sent under the new key', async () => {
    const gateway = anApp();
    const first = await send(gateway);

    const again = await send(gateway);
    const other = await send(gateway, { title: 'Another' });

    const page = await other.text();
    expect(again.headers.get('Location')).toBe(first.headers.get('Location'));
    expect(other.status).toBe(422);
    expect(page).toContain('value="Another"');
    expect(keyIn(page)).toMatch(/^[\da-f-]{36}$/);
    expect(keyIn(page)).not.toBe(key);
    expect(gateway.started.size).toBe(1);
  });

  test('H6: all errors stand beside their fields and on top, and nothing is lost', async () => {
    const gateway = anApp({ call: aCall({ consents: [{ id: 'photos', version: '3', text: 'Photos' }] }) });

    const response = await send(gateway, {
      title: ' ',
      track: '',
      links: 'https://example.org/\nnowhere',
      'speaker.email': 'ada',
      'coSpeakers.2.name': 'Jun',
    });

    const page = await response.text();
    const summary = page.slice(page.indexOf('role="alert"'), page.indexOf('<h1>'));
    expect(response.status).toBe(422);
    expect([...summary.matchAll(/href="#([^"]*)">([^<]*)</g)].map(([, field, words]) => [field, words])).toEqual([
      ['title', 'Give the talk a title'],
      ['track', 'Choose a track'],
      ['links', 'Links: Line 2 must be an http or https URL'],
      ['speaker.email', 'Your email address must be an email address, like ada@example.org'],
      ['coSpeakers.0.email', 'Co-speaker 1: Email address must be an email address, like ada@example.org'],
      ['consents.photos', 'We need your agreement to this'],
    ]);
    expect(page).toContain('<title>Error: Propose a talk · Test Conf</title>');
    expect(page).toContain('name="coSpeakers.0.name" dir="auto"');
    expect(page).toContain('https://example.org/\nnowhere');
    expect(keyIn(page)).toBe(key);
    expect(gateway.started.size).toBe(0);
  });

  test('takes the longest talk that the API takes, whatever its script', async () => {
    const gateway = anApp();

    const response = await send(gateway, {
      description: '\u{1F3F3}'.repeat(2_500) + '\u6F22'.repeat(2_500),
      notes: '\u6F22'.repeat(2_000),
      'speaker.bio': `${'\u6F22'.repeat(1_999)}\r\n.`.slice(0, 2_000),
      title: `e\u0301`.repeat(200),
    });

    expect(response.status).toBe(303);
  });

  test.each([
    ['another site', { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }],
    ['a sandbox', { Origin: 'null' }],
    ['nowhere', { Origin: '' }],
  ])('from %s: 403, and nothing is submitted', async (_, headers) => {
    const gateway = anApp();

    const response = await send(gateway, {}, { ...headers, Accept: 'application/json' });

    expect(await problemOf(response)).toMatchObject({ status: 403, type: problemType('cross-origin-form') });
    expect(gateway.started.size).toBe(0);
  });

  test('from a page of ours whose origin the browser hides', async () => {
    const response = await send(anApp(), {}, { Origin: 'null', 'Sec-Fetch-Site': 'same-origin' });

    expect(response.status).toBe(303);
  });

  test('another type: 415; more than a talk can be: 413', async () => {
    const gateway = anApp();

    const json = await send(gateway, {}, { 'Content-Type': 'application/json' });
    const large = await send(gateway, { notes: 'x'.repeat(400_000) });

    expect([json.status, large.status]).toEqual([415, 413]);
  });

  test('H27: too many from one network: 429, the seconds, and the text', async () => {
    const gateway = anApp({ limits: createLimits() });
    for (let time = 0; time < 300; time += 1) await send(gateway);

    const response = await send(gateway, { key: '35f015ee-a3b6-4755-8fd7-0caf72b57c88', title: 'Kept' });

    const page = await response.text();
    expect(response.status).toBe(429);
    expect(page).toContain(`Try again in ${response.headers.get('Retry-After')} second`);
    expect(page).toContain('value="Kept"');
  });

  test('H13: Temporal out of reach: 503, Retry-After, and the text under its key', async () => {
    const start = () => Promise.reject(new TemporalUnavailableError('no answer'));
    const gateway = anApp({ submissions: aPort({ start, find: async () => undefined }) });

    const response = await send(gateway);

    const page = await response.text();
    expect(response.status).toBe(503);
    expect(response.headers.get('Retry-After')).toMatch(/^\d+$/);
    expect(page).toContain('We can&#39;t reach our records');
    expect(page).toContain(`value="${talk.title}"`);
    expect(keyIn(page)).toBe(key);
  });

  test('after the end of the call: 403, and the text to copy', async () => {
    const gateway = anApp({ call: aCall({ closes: '2021-01-01T00:00:00Z' }) });

    const response = await send(gateway);

    expect(response.status).toBe(403);
    expect(await response.text()).toContain(`Title\n${talk.title}`);
  });

  test('adds a row for a co-speaker, and submits nothing', async () => {
    const gateway = anApp();

    const response = await send(gateway, { add: 'co-speaker', 'coSpeakers.0.name': 'Jun', title: '' });

    const page = await response.text();
    expect(response.status).toBe(200);
    expect(page).toContain('name="coSpeakers.1.email"');
    expect(gateway.started.size).toBe(0);
  });
});

describe('GET /submissions/{id}/received', () => {
  async function received() {
    const gateway = anApp();
    const { headers } = await send(gateway);
    const path = new URL(headers.get('Location') ?? '').pathname;
    const cookie = headers.get('Set-Cookie')?.split(';')[0] ?? '';
    return { ...gateway, path, cookie };
  }

  test('shows who has submitted the link with the token behind the #', async () => {
    const { app, path, cookie } = await received();

    const response = await app.request(path, { headers: { Cookie: cookie } });

    const token = cookie.slice('speaker='.length);
    expect(response.status).toBe(200);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(await response.text()).toContain(`${publicUrl}${path.replace('/received', '')}#${token}`);
  });

  test('H15: sends all others to the page of the submission, whether there is one or not', async () => {
    const { app, path, cookie } = await received();
    const other = `/submissions/${'0'.repeat(32)}/received`;

    const answers = await Promise.all([
      app.request(path),
      app.request(path, { headers: { Cookie: `${cookie}x` } }),
      app.request(other, { headers: { Cookie: cookie } }),
      app.request('/submissions/garbage/received', { headers: { Cookie: cookie } }),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303]);
    expect(answers.map(({ headers }) => headers.get('Location'))).toEqual([
      `${publicUrl}${path.replace('/received', '')}`,
      `${publicUrl}${path.replace('/received', '')}`,
      `${publicUrl}/submissions/${'0'.repeat(32)}`,
      `${publicUrl}/submissions/garbage`,
    ]);
  });
});
