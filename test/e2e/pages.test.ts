import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { executablePath } from '../support/chromium.ts';
import type { PageState } from '../support/page-state.ts';
import { fill, hostile, pageStates, send, servePages, talk } from '../support/page-states.ts';

/** Bytes after gzip of the HTML and all that it loads. */
const heaviest = 60_000;

describe.skipIf(executablePath === undefined)('the pages in a browser (skipped where there is no Chromium)', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
  });
  afterAll(() => browser.close());

  /** Opens a page, and hears what goes wrong in it and what it weighs. */
  async function opened(options: BrowserContextOptions = {}, gateway: PageState['gateway'] = {}) {
    const pages = await servePages(gateway);
    const context = await browser.newContext({ timezoneId: 'America/New_York', ...options });
    const page = await context.newPage();
    const wrong: string[] = [];
    const foreign: string[] = [];
    const weights: Promise<number>[] = [];
    page.on('console', (message) => {
      // Chromium says so of every answer to a form that isn't 2xx.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        wrong.push(message.text());
    });
    page.on('pageerror', (error) => wrong.push(String(error)));
    page.on('dialog', (dialog) => {
      wrong.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(pages.url)) foreign.push(request.url());
      if (request.isNavigationRequest()) weights.length = 0;
    });
    page.on('response', (response) => {
      weights.push(
        response.body().then(
          (body) => gzipSync(body).length,
          () => 0,
        ),
      );
    });
    const weight = async () => (await Promise.all(weights)).reduce((sum, one) => sum + one, 0);
    const close = async () => {
      await context.close();
      await pages.close();
    };
    return { ...pages, page, wrong, foreign, weight, close };
  }

  test.each(pageStates)(
    '$name: no violation of axe, no sideways scroll, light-weight, and nothing from elsewhere',
    async (state) => {
      const { url, page, wrong, foreign, weight, close } = await opened({}, state.gateway);
      await state.open(page, url);
      await page.waitForLoadState();

      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const axe = new AxeBuilder({ page });
        // Nothing but the colours is another in the dark.
        const { violations } = await (colorScheme === 'dark' ? axe.withRules('color-contrast') : axe).analyze();
        expect(violations.map(({ id, nodes }) => [colorScheme, id, nodes.map(({ html }) => html)])).toEqual([]);
      }
      for (const width of [320, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await overflow(page), `${width} px`).toEqual([]);
      }
      await page.setViewportSize({ width: 320, height: 800 });
      await page.evaluate(`document.documentElement.dir = 'rtl'`);
      expect(await overflow(page), 'from right to left').toEqual([]);
      expect(await weight()).toBeLessThanOrEqual(heaviest);
      expect([...wrong, ...foreign]).toEqual([]);
      await close();
    },
  );

  test('a talk is proposed by keyboard alone, and its link is the key', async () => {
    const { url, page, started, wrong, close } = await opened();
    await page.goto(url);
    await page.keyboard.press('Tab');
    const first = await focused(page);
    await page.getByRole('link', { name: 'Propose a talk' }).last().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Propose a talk' }).waitFor();
    await page.getByLabel('Title').focus();
    await page.keyboard.type(talk.title);
    await page.keyboard.press('Enter');
    await page.getByText('There is a problem').waitFor();
    const onSummary = await focused(page);
    await page.getByRole('link', { name: 'Describe the talk' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type(talk.description);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    for (const name of ['speaker.name', 'speaker.email'] as const) {
      await page.locator(`[name="${name}"]`).focus();
      await page.keyboard.type(talk[name]);
    }
    await page.getByLabel('I agree').focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Submit the talk' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'We have your talk' }).waitFor();

    const [[id, { input }] = ['', { input: undefined }]] = [...started];
    expect(first).toBe('Skip to the content');
    expect(onSummary).toContain('There is a problem');
    expect(await focused(page)).toBe('We have your talk');
    expect(input?.submission).toMatchObject({ title: talk.title, track: 'architecture', format: 'talk' });
    expect(new URL(page.url()).pathname).toBe(`/submissions/${id}/received`);
    expect(page.url()).not.toContain('#');
    const link = await page.locator('#link').textContent();
    expect(link).toMatch(new RegExp(`^${url}/submissions/${id}#1\\.`));
    expect(await page.evaluate('localStorage.length')).toBe(0);
    expect(await page.evaluate('document.cookie')).toBe('');
    expect(wrong).toEqual([]);
    await close();
  });

  test('a talk is proposed without JavaScript, with errors in between, and a co-speaker', async () => {
    const { url, page, started, close } = await opened({ javaScriptEnabled: false });
    await page.goto(`${url}/propose`);
    await fill(page, { ...talk, title: '' });
    await page.getByRole('button', { name: 'Add a co-speaker' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Jun Watanabe');
    await page.locator('[name="coSpeakers.0.email"]').fill('jun@example.org');
    await send(page);
    const title = await page.title();
    const kept = await page.locator('[name="coSpeakers.0.name"]').inputValue();
    await page.getByLabel('Title').fill(talk.title);
    await send(page);

    expect(title).toBe('Error: Propose a talk · Long Road Conf 2027');
    expect(kept).toBe('Jun Watanabe');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('We have your talk');
    expect(await page.getByText(talk.title).count()).toBe(1);
    expect([...started.values()].map(({ input }) => input.submission.coSpeakers)).toEqual([
      [{ name: 'Jun Watanabe', email: 'jun@example.org' }],
    ]);
    await close();
  });

  test('what is typed is kept on the device, with its key, until the talk is submitted', async () => {
    const { url, page, started, wrong, close } = await opened();
    await page.goto(`${url}/propose`);
    const key = await page.locator('[name=key]').inputValue();
    await fill(page);
    await page.getByRole('button', { name: 'Add a co-speaker' }).click();
    await page.locator('[name="coSpeakers.0.name"]').fill('Jun Watanabe');
    await page.locator('[name="coSpeakers.0.email"]').fill('jun@example.org');
    await page.getByText('Kept on this device at').waitFor();
    await page.reload();

    const restored = [
      await page.locator('[name=description]').inputValue(),
      await page.locator('[name="coSpeakers.0.email"]').inputValue(),
      await page.locator('[name=key]').inputValue(),
    ];
    await send(page);
    await expect.poll(() => page.evaluate('localStorage.length')).toBe(0);
    await page.goBack();
    await page.reload();
    expect(restored).toEqual([talk.description, 'jun@example.org', key]);
    expect(started.size).toBe(1);
    expect(await page.locator('[name=title]').inputValue()).toBe('');
    expect(wrong).toEqual([]);
    await close();
  });

  test('pressed twice it is one talk, and another text from the same form is another', async () => {
    const { url, page, started, close } = await opened();
    await page.goto(`${url}/propose`);
    const key = await page.locator('[name=key]').inputValue();
    await fill(page);
    await page.getByRole('button', { name: 'Submit the talk' }).dblclick();
    await page.getByRole('heading', { name: 'We have your talk' }).waitFor();
    const once = started.size;
    await page.goto(`${url}/propose`);
    // As a browser has it that brings the form back as it was.
    await page.evaluate(`document.querySelector('[name=key]').value = '${key}'`);
    await fill(page, { ...talk, title: 'Another talk' });
    await send(page);
    await page.getByText('You have sent another text from this form before').waitFor();
    const kept = await page.getByLabel('Title').inputValue();
    await send(page);
    await page.getByRole('heading', { name: 'We have your talk' }).waitFor();

    expect([once, kept, started.size]).toEqual([1, 'Another talk', 2]);
    await close();
  });

  test('counters count what the server counts', async () => {
    const { url, page, close } = await opened();
    await page.goto(`${url}/propose`);
    const counter = page.locator('#title-counter');

    await page.getByLabel('Title').fill('  e\u0301🏳️‍🌈  ');
    const counted = await counter.textContent();
    await page.getByLabel('Title').fill('x'.repeat(203));

    expect(counted).toBe('5 of at most 200 characters');
    expect(await counter.textContent()).toBe('3 characters too many');
    await close();
  });

  test('hostile texts come back as they were, and run nothing', async () => {
    const { url, page, wrong, close } = await opened();
    await page.goto(`${url}/propose`);
    await fill(page, hostile);
    await send(page);
    await page.getByText('There is a problem').waitFor();

    const back = await page.locator('[name="speaker.name"]').inputValue();
    expect(back).toBe(hostile['speaker.name']);
    expect(await page.locator('main img, main svg, main a[href^="javascript"]').count()).toBe(0);
    expect(await page.title()).toBe('Error: Propose a talk · Long Road Conf 2027');
    expect(wrong).toEqual([]);
    await close();
  });
});

/** What is wider than the page, if it can be scrolled sideways. */
function overflow(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.body.querySelectorAll('*')]
      .filter((one) => one.getBoundingClientRect().right > clientWidth + 1)
      .map((one) => one.outerHTML.slice(0, 120));
  })()`);
}

function focused(page: Page): Promise<string> {
  return page.evaluate(`document.activeElement?.textContent?.trim() ?? ''`);
}
