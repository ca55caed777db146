import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { submit } from '../../client/index.ts';
import { createTemporaryStack } from '../../dev/temporary-stack.ts';
import { executablePath } from '../support/chromium.ts';
import { aRequest, callFile } from '../support/fixtures.ts';
import { shared } from '../support/shared.ts';

type Stack = Awaited<ReturnType<typeof createTemporaryStack>>;

describe.skipIf(executablePath === undefined)('the page of a talk (skipped where there is no Chromium)', () => {
  let stack: Stack;
  let gateway: Awaited<ReturnType<Stack['startGateway']>>;
  /** Of a call in which nothing is decided during a test. */
  let slowGateway: typeof gateway;
  let browser: Browser;

  beforeAll(async () => {
    stack = await createTemporaryStack(await shared('temporalCli'), new AbortController().signal);
    await stack.startTemporal();
    gateway = await stack.startGateway({
      ...callFile,
      attendance: { deadline: '1d', cancelUntil: '2099-01-01T00:00:00Z' },
    });
    const { shortlisting } = callFile.stages;
    const policy = { kind: 'automatic', after: '1d' };
    slowGateway = await stack.startGateway({
      ...callFile,
      stages: { ...callFile.stages, shortlisting: { ...shortlisting, policy } },
    });
    await stack.startWorker();
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser.close();
    await stack.stop();
  });

  async function aTalk({ url } = gateway) {
    const { location, speakerToken = '' } = await submit(url, aRequest());
    const status = async () => (await fetch(location)).json();
    return { location, speakerToken, status, page: location.replace('/api/', '/') };
  }

  async function opened(url: string, options: BrowserContextOptions = {}) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const asked: string[] = [];
    const wrong: string[] = [];
    page.on('request', (request) => asked.push(`${request.method()} ${request.url()}`));
    page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
    page.on('pageerror', (error) => wrong.push(String(error)));
    await page.goto(url);
    return { context, page, asked, wrong };
  }

  const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 });
  const focused = (page: Page) => page.evaluate<string>(`document.activeElement?.textContent?.trim() ?? ''`);

  test('follows the status by itself: heading, title, line, and one status that says it', async () => {
    const talk = await aTalk();
    const { page, wrong } = await opened(talk.page);
    const first = await page.title();

    await heading(page, 'Your talk is accepted').waitFor();

    expect(first).not.toContain('accepted');
    expect(await page.title()).toBe('Your talk is accepted · Fault Conf');
    expect(await page.getByRole('status').allTextContents()).toEqual(['Your talk is accepted']);
    expect(await page.locator('[aria-current=step] .name').textContent()).toBe('Your confirmation');
    expect(await page.getByRole('link', { name: 'Look again' }).count()).toBe(0);
    expect(await page.getByRole('button').count()).toBe(0);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  test('polls as it is told to, with the tag that it has, and not while nobody looks', async () => {
    const talk = await aTalk();
    const context = await browser.newContext();
    const page = await context.newPage();
    const polls: (string | undefined)[] = [];
    await page.route('**/api/submissions/*', (route) => {
      polls.push(route.request().headers()['if-none-match']);
      return route.fulfill({ status: 304, headers: { 'Retry-After': '1' }, body: '' });
    });
    await page.addInitScript(`
      window.isHidden = false;
      Object.defineProperty(document, 'hidden', { get: () => window.isHidden });
    `);
    await page.clock.install();
    const nextPoll = async () => {
      const before = polls.length;
      await page.clock.runFor(1_000);
      await expect.poll(() => polls.length).toBe(before + 1);
    };
    await page.goto(talk.page);
    await expect.poll(() => polls.length).toBe(1);
    await nextPoll();
    await nextPoll();
    await page.evaluate('window.isHidden = true');
    await page.clock.runFor(600_000);
    const whileHidden = polls.length - 3;
    await page.evaluate(`window.isHidden = false; document.dispatchEvent(new Event('visibilitychange'))`);
    await expect.poll(() => polls.length).toBe(4);

    expect(whileHidden).toBe(0);
    expect(new Set(polls).size).toBe(1);
    expect(polls[0]).toMatch(/^"[\w-]{22}"$/);
    expect(await page.getByRole('status').allTextContents()).toEqual(['']);
    await context.close();
  });

  test('H24: with the link: shows the talk, takes the answer by a button, and cancels after a second thought', async () => {
    const talk = await aTalk();
    const { page, asked, wrong } = await opened(`${talk.page}#${talk.speakerToken}`);
    await heading(page, 'Your talk is accepted').waitFor();
    await page.getByText('Please answer').waitFor();
    // The page may know it a second earlier than a poll does.
    await expect.poll(talk.status).toMatchObject({ result: { attendance: 'awaited' } });
    const shown = await page.getByText('A talk about waiting').count();
    await page.getByRole('button', { name: 'Yes, I will come' }).click();
    await heading(page, 'Your talk is confirmed').waitFor();
    const onNotice = await focused(page);
    const answered = await talk.status();
    await page.getByRole('link', { name: "I can't come after all" }).click();
    await heading(page, 'Cancel your talk?').waitFor();
    const onHeading = await focused(page);
    await page.getByRole('link', { name: 'Keep it' }).click();
    await heading(page, 'Your talk is confirmed').waitFor();
    await page.goBack();
    await heading(page, 'Cancel your talk?').waitFor();
    const kept = await talk.status();
    await page.getByRole('button', { name: 'Cancel the talk' }).click();
    await heading(page, 'Your talk is cancelled').waitFor();

    expect(shown).toBe(1);
    expect(answered).toMatchObject({ result: { attendance: 'confirmed' } });
    expect(kept).toEqual(answered);
    expect(await talk.status()).toMatchObject({ result: { attendance: 'canceled' } });
    expect([onNotice, onHeading]).toEqual(['We have your answer: you will come', 'Cancel your talk?']);
    expect(page.url()).toBe(`${talk.page}?said=canceled#${talk.speakerToken}`);
    // Neither the token, nor another host, is in any URL that was asked for.
    expect(asked.filter((url) => url.includes(talk.speakerToken) || !url.includes(gateway.url))).toEqual([]);
    expect(asked.filter((one) => one.startsWith('POST'))).toEqual([]);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  test('with the link: reminders, and an end to old links, after which the address has the new one', async () => {
    const talk = await aTalk();
    const { page } = await opened(`${talk.page}#${talk.speakerToken}`);
    await page.getByRole('button', { name: 'Send me no reminders' }).click();
    await page.getByRole('button', { name: 'Send me reminders' }).waitFor();
    await page.getByRole('link', { name: 'End my old links' }).click();
    await heading(page, 'End your old links?').waitFor();
    await page.getByRole('button', { name: 'End my old links' }).click();
    await page.getByRole('heading', { name: 'Your old links have ended' }).waitFor();
    const link = await page.locator('#link').textContent();
    const url = page.url();
    await page.getByRole('link', { name: 'Skip to the content' }).focus();
    await page.keyboard.press('Enter');
    const afterSkipping = page.url();
    const { page: old } = await opened(`${talk.page}#${talk.speakerToken}`);
    await old.getByRole('heading', { name: 'This link does not open the talk' }).waitFor();

    expect(link).not.toBe(`${talk.page}#${talk.speakerToken}`);
    expect(link).toBe(url.replace('?said=links-ended', ''));
    expect(afterSkipping).toBe(url);
    expect(await old.getByText('A talk about waiting').count()).toBe(0);
    await page.context().close();
    await old.context().close();
  });

  test('without JavaScript: the code opens it, and plain forms withdraw it; twice is no error', async () => {
    const talk = await aTalk(slowGateway);
    const { page, context, asked } = await opened(talk.page, { javaScriptEnabled: false });
    await page.getByText('Open it with your private code').click();
    await page.getByLabel('Paste your private code').fill('wrong');
    await page.getByRole('button', { name: 'Open my talk' }).click();
    const error = await page.title();
    await page.getByLabel('Paste your private code').fill(talk.speakerToken);
    await page.getByRole('button', { name: 'Open my talk' }).click();
    const shown = await page.getByText('A talk about waiting').count();
    await page.getByRole('link', { name: 'Withdraw the talk' }).click();
    await page.getByRole('link', { name: 'Keep it' }).click();
    await page.getByRole('link', { name: 'Withdraw the talk' }).click();
    const untouched = await talk.status();
    const twin = await context.newPage();
    await twin.goto(page.url());
    await page.getByRole('button', { name: 'Withdraw the talk' }).click();
    await heading(page, 'You have withdrawn your talk').waitFor();
    await twin.getByRole('button', { name: 'Withdraw the talk' }).click();
    await heading(twin, 'You have withdrawn your talk').waitFor();

    expect(error).toBe('Error: This page is for the speaker · Fault Conf');
    expect(shown).toBe(1);
    expect(untouched).toMatchObject({ status: expect.not.stringContaining('Canceled') });
    expect(await talk.status()).toMatchObject({ status: 'Canceled' });
    expect(await page.getByRole('heading', { name: 'Your talk is withdrawn' }).count()).toBe(1);
    expect(asked.filter((url) => url.includes(talk.speakerToken))).toEqual([]);
    await context.close();
  });

  test('without JavaScript: “Look again” shows what has happened, and the answer is a form', async () => {
    const talk = await aTalk();
    const { page, context } = await opened(`${talk.page}/key`, { javaScriptEnabled: false });
    await page.getByLabel('Paste your private code').fill(`${talk.page}#${talk.speakerToken}`);
    await page.getByRole('button', { name: 'Open my talk' }).click();
    const confirm = page.getByRole('button', { name: 'Yes, I will come' });
    while ((await confirm.count()) === 0) {
      await page.waitForTimeout(200);
      await page.getByRole('link', { name: 'Look again' }).click();
    }
    await confirm.click();

    await heading(page, 'Your talk is confirmed').waitFor();
    expect(await page.getByRole('heading', { name: 'We have your answer: you will come' }).count()).toBe(1);
    expect(await talk.status()).toMatchObject({ result: { attendance: 'confirmed' } });
    await context.close();
  });

  test('with the link: changes the talk; of two at once, the second sees what differs before it saves', async () => {
    const talk = await aTalk();
    const { page, context, wrong } = await opened(`${talk.page}#${talk.speakerToken}`);
    await heading(page, 'Your talk is accepted').waitFor();
    await page.getByRole('link', { name: 'Change the talk' }).click();
    await heading(page, 'Change your talk').waitFor();
    const fixed = await page.getByText('This can no longer be changed.').count();
    const counted = await page.locator('#title-counter').textContent();
    const save = (of: Page) => of.getByRole('button', { name: /Save/ }).last().click();
    await save(page);
    await page.getByRole('heading', { name: 'Nothing has changed' }).waitFor();
    await page.getByRole('link', { name: 'Change the talk' }).click();
    await heading(page, 'Change your talk').waitFor();
    const twin = await context.newPage();
    await twin.goto(page.url());
    await page.getByLabel('Title').fill('');
    await save(page);
    await page.getByText('There is a problem').waitFor();
    const onSummary = await focused(page);
    await page.getByLabel('Title').fill('A talk about patience');
    const ofProxy = { status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' };
    await page.route('**/edit', (route) => route.fulfill(ofProxy), { times: 1 });
    await save(page);
    await page.getByText('We could not reach the service.').waitFor();
    const kept = await page.getByLabel('Title').inputValue();
    await save(page);
    await page.getByRole('heading', { name: 'Your changes are saved' }).waitFor();
    await twin.getByLabel('Title').fill('A talk about clocks');
    await save(twin);
    await twin.getByText('Somebody changed this talk while you were writing').waitFor();
    const differs = [await twin.locator('del').allTextContents(), await twin.locator('ins').allTextContents()];
    await save(twin);
    await twin.getByRole('heading', { name: 'Your changes are saved' }).waitFor();

    expect(fixed).toBeGreaterThan(5);
    expect(kept).toBe('A talk about patience');
    expect(counted).toBe('20 of at most 200 characters');
    expect(onSummary).toContain('Give the talk a title');
    expect(differs).toEqual([['removed: patience'], ['added: clocks']]);
    expect(await twin.getByText('A talk about clocks').count()).toBe(1);
    expect(await twin.getByText('Version 3').count()).toBe(1);
    expect(twin.url()).toBe(`${talk.page}?said=saved#${talk.speakerToken}`);
    expect(wrong.filter((message) => !message.startsWith('Failed to load resource'))).toEqual([]);
    await context.close();
  });

  test('without JavaScript: changes the talk, and a new address', async () => {
    const talk = await aTalk();
    const { page, context } = await opened(`${talk.page}/key`, { javaScriptEnabled: false });
    await page.getByLabel('Paste your private code').fill(talk.speakerToken);
    await page.getByRole('button', { name: 'Open my talk' }).click();
    await page.getByRole('link', { name: 'Change the talk' }).click();
    await page.getByLabel('Title').fill('A talk about patience');
    await page.getByLabel('Your email address').fill('ada@example.net');
    await page.getByRole('button', { name: 'Save the changes' }).last().click();

    await page.getByRole('heading', { name: 'Your changes are saved' }).waitFor();
    expect(await page.getByText('A talk about patience').count()).toBe(1);
    expect(await page.getByRole('heading', { name: 'Your new address is not confirmed yet' }).count()).toBe(1);
    await context.close();
  });

  test('offers nothing to who has the URL alone, and says so of what is not there', async () => {
    const talk = await aTalk();
    const { page } = await opened(talk.page);
    const { page: other } = await opened(`${gateway.url}/submissions/${'0'.repeat(32)}`);

    expect(await page.getByText('Only the speaker sees the talk itself.').count()).toBe(1);
    expect(await heading(other, "We can't find that page").count()).toBe(1);
    await page.context().close();
    await other.context().close();
  });
});
