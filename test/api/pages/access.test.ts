import { describe, expect, test } from 'vitest';
import type { AccessRequest } from '../../../store/access/access-requests.ts';
import { NoAnswerError } from '../../../store/unreachable.ts';
import { anApp, noOperations, noStore } from '../../support/app.ts';
import { planted, publicUrl } from '../../support/fixtures.ts';
import { sendForm } from '../../support/forms.ts';

/** A browser, and the requests that the gateway writes for it. */
function aBrowser(write: () => Promise<void> = async () => undefined) {
  const written: AccessRequest[] = [];
  const accessRequests = {
    ...noStore.accessRequests,
    write: async (request: AccessRequest) => {
      written.push(request);
      await write();
    },
  };
  const operations = { ...noOperations, send: async () => undefined };
  const { plain } = anApp({ store: { ...noStore, accessRequests }, operations });
  const ask = (form: Record<string, string>, headers?: Record<string, string>) =>
    sendForm(plain, '/access', form, headers);
  return { get: async (path: string) => plain.request(path), ask, written };
}

async function seen(response: Response) {
  const { 'x-request-id': _, ...headers } = Object.fromEntries(response.headers);
  return { status: response.status, headers, body: await response.text() };
}

describe('/access', () => {
  test('H39: is the same for every address; one row is written, nothing is looked up, and it is not repeated', async () => {
    const { get, ask, written } = aBrowser();

    const answers: Awaited<ReturnType<typeof seen>>[] = [];
    for (const email of [planted.email, ' Nobody@Example.net ', `${'a'.repeat(60)}@example.org`])
      answers.push(await seen(await ask({ email })));
    const next = await get('/access?said=sent');

    expect(answers[0]).toMatchObject({
      status: 303,
      headers: { location: `${publicUrl}/access?said=sent`, 'cache-control': 'no-store' },
      body: '',
    });
    expect(answers).toEqual(answers.map(() => answers[0]));
    expect(written.map(({ holder }) => holder)).toEqual([
      planted.email,
      'nobody@example.net',
      `${'a'.repeat(60)}@example.org`,
    ]);
    expect(await next.text()).toContain('If that address has talks here, a mail with the link is on its way.');
  });

  test.each([
    ['', 'Enter your email address'],
    ['nobody', 'Enter an email address like ada@example.org'],
    ['"><script>alert(1)</script>', 'Enter an email address like ada@example.org'],
  ])('%j is an error at the field, and nothing is written', async (email, message) => {
    const { ask, written } = aBrowser();

    const response = await ask({ email });
    const page = await response.text();

    expect([response.status, written]).toEqual([422, []]);
    expect(page).toContain(`<a href="#email">${message}</a>`);
    expect(page).toContain('aria-describedby="email-error email-hint"');
    expect(page).not.toContain('<script>');
  });

  test('H24: reading it asks for nothing, whatever stands in its query', async () => {
    const { get, written } = aBrowser();

    const pages = [
      await get('/access'),
      await get(`/access?email=${planted.email}`),
      await get('/access?said=garbage'),
    ];
    const bodies = await Promise.all(pages.map((page) => page.text()));

    expect(written).toEqual([]);
    expect(bodies).toEqual(bodies.map(() => bodies[0]));
  });

  test('a form from another site is refused', async () => {
    const { ask, written } = aBrowser();

    const response = await ask({ email: planted.email }, { Origin: 'https://evil.example' });

    expect([response.status, written]).toEqual([403, []]);
  });

  test('H27: is charged as the API, and gives the address back', async () => {
    const { ask, written } = aBrowser();

    for (let time = 0; time < 30; time += 1) await ask({ email: planted.email });
    const response = await ask({ email: planted.email });
    const page = await response.text();

    expect([response.status, written.length]).toEqual([429, 30]);
    expect(page).toMatch(/Try again in \d+ seconds?\./);
    expect(page).toContain(`value="${planted.email}"`);
  });

  test('H39: is 503 for everybody while the database is out of reach, with the address given back', async () => {
    const { ask } = aBrowser(() => Promise.reject(new NoAnswerError('away')));

    const answers = [await ask({ email: planted.email }), await ask({ email: 'nobody@example.net' })];
    const [known = '', unknown = ''] = await Promise.all(answers.map((answer) => answer.text()));

    expect(answers.map(({ status }) => status)).toEqual([503, 503]);
    expect(known.replace(planted.email, '')).toBe(unknown.replace('nobody@example.net', ''));
  });
});
