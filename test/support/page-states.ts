/** Every page in each of its states, for the tests in a browser and for the pictures. */
import type { Page } from 'playwright-core';
import { createHttpServer } from '../../api/http/http-server.ts';
import { type ProblemCode, problems } from '../../api/http/problems.ts';
import { Refusal } from '../../api/http/refusal.ts';
import { initialState } from '../../contract/initial-state.ts';
import { freePort } from '../../dev/ports.ts';
import { TemporalUnavailableError } from '../../temporal/bounded-calls.ts';
import { anApp, aPort, noCommands } from './app.ts';
import { letterStates } from './letter-states.ts';
import { aCallForPages } from './page-call.ts';
import type { PageState } from './page-state.ts';
import { talkStates } from './talk-states.ts';

type Change = Parameters<typeof anApp>[0];

const host = '127.0.0.1';

/** The pages on a port of their own. `/problem/{code}` is the error page of a problem. */
export async function servePages(change: Change = {}) {
  const port = await freePort();
  const url = `http://${host}:${port}`;
  const startOf: typeof noCommands.startOf = async (id) => {
    const { input, fingerprint } = started.get(id) ?? {};
    return input && { submission: input.submission, fingerprint: fingerprint ?? '', state: initialState(input) };
  };
  const { plain, started } = anApp({
    publicUrl: url,
    call: aCallForPages(),
    now: () => new Date('2026-11-26T12:00:00Z'),
    commands: { ...noCommands, startOf },
    ...change,
  });
  plain.get('/problem/:code', (c) => {
    const code = Object.keys(problems).find((one): one is ProblemCode => one === c.req.param('code'));
    throw new Refusal(code ?? 'not-found');
  });
  const server = createHttpServer(plain, url, { error: () => undefined });
  await server.listen(port, host);
  return { url, started, close: server.close };
}

export const talk = {
  title: 'Ten years of cron jobs',
  description:
    'We moved a review process with long waits to durable workflows, and I show what became simpler and what did not.',
  'speaker.name': 'Ada Lovelace',
  'speaker.email': 'ada@example.org',
  'speaker.bio': 'Writes programs for machines that are not there yet.',
};

export async function fill(page: Page, fields: Record<string, string> = talk): Promise<void> {
  for (const [name, value] of Object.entries(fields)) await page.locator(`[name="${name}"]`).fill(value);
  await page.getByLabel('architecture').check();
  await page.getByLabel('I agree').check();
}

export const send = (page: Page) => page.getByRole('button', { name: 'Submit the talk' }).click();

/** What somebody may type who means harm. */
export const hostile = {
  title: '<img src=x onerror=alert(1)> \u202Egnirts desrever \u{1F3F3}\uFE0F\u200D\u{1F308}',
  description: `${'x'.repeat(10_000)}\n</textarea><script>document.title = 'run'</script>`,
  links: 'javascript:alert(1)',
  notes: Array.from({ length: 100 }, (_, at) => `line ${at}`).join('\n'),
  'speaker.name': '"><svg onload=alert(1)> \u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627',
  'speaker.email': 'javascript:alert(1)//@evil',
  'speaker.bio': 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft '.repeat(2),
};

async function form(page: Page, url: string, fields: Record<string, string> = talk) {
  await page.goto(`${url}/propose`);
  await fill(page, fields);
}

const at = (instant: string) => ({ now: () => new Date(instant) });
const error = (code: ProblemCode): PageState => ({
  name: `error-${code}`,
  open: (page, url) => page.goto(`${url}/problem/${code}`),
});
const toForm = (change: Change) => ({
  gateway: change,
  open: async (page: Page, url: string) => {
    await form(page, url);
    await send(page);
  },
});

const down = aPort({
  start: async () => Promise.reject(new TemporalUnavailableError('no Temporal')),
  find: async () => undefined,
});
const busy = {
  isSpent: async () => false,
  charge: async () => {
    throw new Refusal('too-many-requests', {}, { headers: { 'Retry-After': '40' } });
  },
};

/** Open when the form is read, and closed when it is sent. */
function closing(): Change {
  let reads = 0;
  return {
    now: () => {
      reads += 1;
      return new Date(reads > 1 ? '2027-02-01T00:00:00Z' : '2027-01-31T12:00:00Z');
    },
  };
}

export const pageStates: readonly PageState[] = [
  { name: 'call-open', open: (page, url) => page.goto(url) },
  { name: 'call-not-open', gateway: at('2026-10-01T00:00:00Z'), open: (page, url) => page.goto(url) },
  { name: 'call-closed', gateway: at('2027-02-03T00:00:00Z'), open: (page, url) => page.goto(url) },
  { name: 'form', open: (page, url) => page.goto(`${url}/propose`) },
  {
    name: 'form-with-errors',
    open: async (page, url) => {
      await page.goto(`${url}/propose`);
      await page.locator('[name=title]').fill('x'.repeat(212));
      await page.locator('[name="speaker.email"]').fill('ada');
      await send(page);
    },
  },
  {
    name: 'form-hostile',
    open: async (page, url) => {
      await form(page, url, hostile);
      await page.getByRole('button', { name: 'Add a co-speaker' }).click();
      await send(page);
    },
  },
  { name: 'form-busy', ...toForm({ limits: busy }) },
  { name: 'form-down', ...toForm({ submissions: down }) },
  { name: 'form-too-late', ...toForm(closing()) },
  { name: 'form-closed', gateway: at('2027-02-03T00:00:00Z'), open: (page, url) => page.goto(`${url}/propose`) },
  { name: 'form-not-open', gateway: at('2026-10-01T00:00:00Z'), open: (page, url) => page.goto(`${url}/propose`) },
  { name: 'received', ...toForm({}) },
  ...talkStates,
  error('not-found'),
  error('erased'),
  error('temporarily-unavailable'),
  { name: 'problems', open: (page, url) => page.goto(`${url}/problems`) },
  ...letterStates,
];
