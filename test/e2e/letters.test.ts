import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHttpServer } from '../../api/http/http-server.ts';
import type { StatusDocument } from '../../contract/http/status.ts';
import { freePort } from '../../dev/ports.ts';
import type { Purpose } from '../../process/speaker-tokens.ts';
import { executablePath } from '../support/chromium.ts';
import { idOf } from '../support/fixtures.ts';
import { useGateways } from '../support/gateways.ts';
import { speakers } from '../support/letters.ts';
import { accessByName, as, inPanel, jsonOf } from '../support/organisers.ts';
import { aPanelCall } from '../support/people.ts';
import { useDevServer, withWorker } from '../support/temporal.ts';

const server = useDevServer();
const gateways = useGateways(server);
/** The record follows the workflow. */
const patiently = { timeout: 10_000 };

const coSpeakersOf = async (app: Parameters<typeof as>[0], path: string) =>
  (await jsonOf(as(app, 'OLGA', 'GET', path))).submission.coSpeakers;

const jun = { name: 'Jun Watanabe', email: 'jun@example.net' };

describe.skipIf(executablePath === undefined)('what mails lead to (skipped where there is no Chromium)', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
  });
  afterAll(() => browser.close());

  /** A gateway on a port, and a browser there that writes down what it asks for. */
  async function opened(options: BrowserContextOptions = {}) {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const app = gateways.aGateway({ call: aPanelCall(), access: accessByName, publicUrl: url });
    const http = createHttpServer(app, url, { error: () => undefined });
    await http.listen(port, '127.0.0.1');
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const asked: string[] = [];
    const wrong: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('pageerror', (error) => wrong.push(String(error)));
    const linkTo = (purpose: Purpose, id: string, number: number) =>
      `${url}/submissions/${id}/${purpose}#${speakers.ofPurpose(purpose, idOf(id), number)}`;
    const codeIn = (link: string) => link.slice(link.indexOf('#') + 1);
    const close = async () => {
      await context.close();
      await http.close();
    };
    const statusOf = async (id: string): Promise<StatusDocument> => jsonOf(app.request(`/api/submissions/${id}`));
    return { app, url, page, asked, wrong, linkTo, codeIn, statusOf, close };
  }

  test('H38, H42: an address is confirmed, once, and a co-speaker accepts', async () => {
    await withWorker(server, async () => {
      const { app, url, page, asked, wrong, linkTo, codeIn, close } = await opened();
      const { id, path, speakerToken } = await inPanel(gateways, app, { coSpeakers: [jun] });
      const link = linkTo('proof', id, 0);

      await page.goto(link);
      const untouched = await jsonOf(as(app, 'OLGA', 'GET', '/audit'));
      const hasField = await page.getByLabel('Your private code').isVisible();
      await page.getByRole('button', { name: 'Yes, this is my address' }).click();
      await page.getByText('Your address is confirmed').waitFor();
      const arrived = page.url();
      const title = await page.getByText('A talk about waiting').count();
      await page.goto(link);
      await page.getByRole('button', { name: 'Yes, this is my address' }).click();
      await page.getByText('Already confirmed').waitFor();
      const invitation = linkTo('co-speaker', id, 1);
      await page.goto(invitation);
      await page.getByRole('button', { name: 'Accept' }).click();
      await page.getByText('We have your answer: you accept').waitFor();
      await expect.poll(() => coSpeakersOf(app, path), patiently).toEqual([{ ...jun, answer: 'accepted' }]);
      await close();

      const commands = untouched.items.filter(({ by }: { by: string }) => by === 'speaker');
      expect([commands, hasField, title]).toEqual([[], false, 1]);
      expect(arrived).toBe(`${url}/submissions/${id}?said=proved#${speakerToken}`);
      for (const secret of [speakerToken, codeIn(link), codeIn(invitation)])
        expect(asked.filter((one) => one.includes(secret))).toEqual([]);
      expect(wrong).toEqual([]);
    });
  });

  test('H12: the same without JavaScript, by the code of the link', async () => {
    await withWorker(server, async () => {
      const { app, url, page, asked, linkTo, codeIn, close } = await opened({ javaScriptEnabled: false });
      const { id, path, speakerToken } = await inPanel(gateways, app, { coSpeakers: [jun] });
      const [link, invitation] = [linkTo('proof', id, 0), linkTo('co-speaker', id, 1)];

      await page.goto(link);
      await page.getByLabel('Your private code').fill(codeIn(link));
      await page.getByRole('button', { name: 'Yes, this is my address' }).click();
      await page.getByText('Your address is confirmed').waitFor();
      const arrived = page.url();
      const title = await page.getByText('A talk about waiting').count();
      await page.goto(invitation);
      // Some paste the whole of it.
      await page.getByLabel('Your private code').fill(invitation);
      await page.getByRole('button', { name: 'Open the invitation' }).click();
      await page.getByRole('button', { name: 'Decline' }).click();
      await page.getByText('We have your answer: you decline').waitFor();
      await expect.poll(() => coSpeakersOf(app, path), patiently).toEqual([{ ...jun, answer: 'declined' }]);
      await close();

      expect([arrived, title]).toEqual([`${url}/submissions/${id}?said=proved`, 1]);
      for (const secret of [speakerToken, codeIn(link), codeIn(invitation)])
        expect(asked.filter((one) => one.includes(secret))).toEqual([]);
    });
  });

  test("H38: a talk that isn't theirs is withdrawn by a step of its own, and its link has ended", async () => {
    await withWorker(server, async () => {
      const { app, page, wrong, linkTo, statusOf, close } = await opened();
      const { id } = await inPanel(gateways, app);
      const link = linkTo('proof', id, 0);

      await page.goto(link);
      await page.getByRole('link', { name: "This isn't mine" }).click();
      await page.getByRole('heading', { name: "This talk isn't yours?" }).waitFor();
      await page.getByRole('link', { name: 'Keep it' }).click();
      await page.getByRole('heading', { name: 'Is this your address?' }).waitFor();
      const kept = await statusOf(id);
      await page.getByRole('link', { name: "This isn't mine" }).click();
      await page.getByRole('button', { name: 'Stop all mails about it' }).click();
      await page.getByText('Our mails about this talk stop').waitFor();
      await expect.poll(async () => (await statusOf(id)).status, patiently).toBe('Canceled');
      await page.goto(link);
      await page.getByRole('button', { name: 'Yes, this is my address' }).click();
      await page.getByText('This link does not work any more').waitFor();
      await close();

      expect(kept.status).toBe('Running');
      expect(wrong).toEqual([]);
    });
  });

  test('the former address keeps the talk that somebody moves to another', async () => {
    await withWorker(server, async () => {
      const { app, url, page, wrong, linkTo, close } = await opened();
      const { id, path } = await inPanel(gateways, app);
      await page.goto(linkTo('proof', id, 0));
      await page.getByRole('button', { name: 'Yes, this is my address' }).click();
      await page.getByText('Your address is confirmed').waitFor();
      await as(app, 'OLGA', 'PUT', `${path}/speaker-address`, { email: 'eve@example.net', reason: 'Somebody asked.' });

      await page.goto(linkTo('undo', id, 0));
      await page.getByRole('button', { name: 'Keep this address' }).click();
      await page.getByText('The talk is back at your address').waitFor();
      const arrived = page.url();
      await close();

      expect(arrived).toBe(`${url}/submissions/${id}?said=address-kept#${speakers.of(idOf(id), 1)}`);
      expect(wrong).toEqual([]);
    });
  });

  test.each([true, false])('H39: all talks of an address; JavaScript: %s', async (javaScriptEnabled) => {
    await withWorker(server, async () => {
      const { app, url, page, asked, wrong, linkTo, close } = await opened({ javaScriptEnabled });
      const email = `mine-${javaScriptEnabled}@example.org`;
      const speaker = { name: 'Ada Lovelace', email };
      const first = await inPanel(gateways, app, { title: 'The first talk', speaker });
      const second = await inPanel(gateways, app, { title: 'The second talk', speaker });
      await app.request(`/api/submissions/${first.id}/proof`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${speakers.ofPurpose('proof', idOf(first.id), 0)}`,
          'Content-Type': 'application/json',
        },
        body: JSON.stringify({ answer: 'mine' }),
      });
      while ((await server.store.talks.heldBy(email, 9)).filter(({ isProved }) => isProved).length === 0)
        await page.waitForTimeout(20);
      const code = speakers.ofAccess(email, Date.now());
      const role = javaScriptEnabled ? 'link' : 'button';
      const toList = async () => {
        await page.goto(`${url}/access`);
        await page.goto(`${url}/mine#${code}`);
        if (!javaScriptEnabled) {
          await page.getByLabel('Your private code').fill(code);
          await page.getByRole('button', { name: 'Open my talks' }).click();
        }
        await page.getByRole('heading', { name: 'The first talk' }).waitFor();
      };

      await toList();
      const titles = await page.locator('.talks h2').allTextContents();
      await page.getByRole('button', { name: /^Yes, this is mine ?: The second talk$/ }).click();
      await page.getByText('Your address is confirmed').waitFor();
      await toList();
      await page.getByRole(role, { name: /^Open the talk ?: The first talk$/ }).click();
      await page.getByRole('heading', { name: 'Your talk is under review' }).waitFor();
      await page.getByText('The first talk').first().waitFor();
      await toList();
      await page.getByRole(role, { name: /^End my old links ?: The first talk$/ }).click();
      await page.getByRole('button', { name: 'End my old links' }).click();
      await page.getByText('Your old links have ended').waitFor();
      await close();

      expect(titles).toEqual(['The second talk', 'The first talk']);
      const secrets = [
        code,
        first.speakerToken,
        second.speakerToken,
        linkTo('proof', second.id, 0).split('#')[1] ?? '',
      ];
      for (const secret of secrets) expect(asked.filter((one) => one.includes(secret))).toEqual([]);
      expect(wrong).toEqual([]);
    });
  });
});
