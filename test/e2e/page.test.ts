import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { submit } from '../../client/index.ts';
import { createTemporaryStack } from '../../dev/temporary-stack.ts';
import { executablePath } from '../support/chromium.ts';
import { aRequest, callFile } from '../support/fixtures.ts';
import { shared } from '../support/shared.ts';

type Stack = Awaited<ReturnType<typeof createTemporaryStack>>;

describe.skipIf(executablePath === undefined)('the page of a submission (skipped where there is no Chromium)', () => {
  let stack: Stack;
  let gateway: Awaited<ReturnType<Stack['startGateway']>>;
  let browser: Browser;
  const open: Page[] = [];

  beforeAll(async () => {
    stack = await createTemporaryStack(await shared('temporalCli'), new AbortController().signal);
    await stack.startTemporal();
    gateway = await stack.startGateway({
      ...callFile,
      attendance: { deadline: '1d', cancelUntil: '2099-01-01T00:00:00Z' },
    });
    await stack.startWorker();
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser.close();
    await stack.stop();
  });

  async function openPage(location: string, token: string) {
    const page = await browser.newPage();
    open.push(page);
    const asked: string[] = [];
    const wrong: string[] = [];
    page.on('request', (request) => asked.push(`${request.method()} ${request.url()}`));
    page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
    page.on('pageerror', (error) => wrong.push(String(error)));
    await page.goto(`${location.replace('/api/', '/')}#${token}`);
    return { page, asked, wrong };
  }

  test('H24: shows an acceptance, and takes the answer by a button, not by being opened', async () => {
    const { location, speakerToken = '' } = await submit(gateway.url, aRequest());
    const { page, asked, wrong } = await openPage(location, speakerToken);

    await page.getByText('Your submission was accepted.').waitFor();
    const untouched = await (await fetch(location)).json();
    await page.getByRole('button', { name: 'I will come' }).click();
    await page.getByText('You have confirmed that you will come.').waitFor();

    expect(untouched).toMatchObject({ result: { attendance: 'awaited' } });
    expect(await (await fetch(location)).json()).toMatchObject({ result: { attendance: 'confirmed' } });
    expect(await page.getByRole('button').allTextContents()).toEqual(["I can't come after all"]);
    // Neither the token, nor another host, is in any URL that was asked for.
    expect(asked.filter((url) => url.includes(speakerToken) || !url.includes(gateway.url))).toEqual([]);
    expect(wrong).toEqual([]);
  });

  test('lets who has confirmed cancel until the date of the call, and only after a second thought', async () => {
    const { location, speakerToken = '' } = await submit(gateway.url, aRequest());
    const { page, wrong } = await openPage(location, speakerToken);
    const leave = page.getByRole('button', { name: "I can't come after all" });
    await page.getByRole('button', { name: 'I will come' }).click();

    await leave.click();
    await page.getByText('Cancel your talk?').waitFor();
    await page.getByRole('button', { name: 'Keep it' }).click();
    await leave.waitFor();
    const kept = await (await fetch(location)).text();
    await page.clock.setFixedTime('2099-01-01T00:00:00Z');
    await page.reload();
    await page.getByText('You have confirmed that you will come.').waitFor();
    const offeredTooLate = await page.getByRole('button').count();
    await page.clock.setFixedTime('2098-12-31T23:59:59Z');
    await page.reload();
    await leave.click();
    await page.getByRole('button', { name: 'Cancel the talk' }).click();

    await page.getByText('Your talk was canceled.').waitFor();
    expect(kept).toContain('"attendance":"confirmed"');
    expect(offeredTooLate).toBe(0);
    expect(await (await fetch(location)).json()).toMatchObject({
      status: 'Succeeded',
      result: { outcome: 'accepted', attendance: 'canceled' },
    });
    expect(await page.getByRole('button').count()).toBe(0);
    expect(wrong).toEqual([]);
  });

  test('lets the speaker withdraw while it runs, and only after a second thought', async () => {
    const { location, speakerToken = '' } = await submit(gateway.url, aRequest());
    const { page } = await openPage(location, speakerToken);
    page.once('dialog', (dialog) => dialog.accept());

    await page.getByRole('button', { name: 'Withdraw' }).click();

    await page.getByText('Your submission was withdrawn.').waitFor();
    expect(await (await fetch(location)).json()).toMatchObject({ status: 'Canceled' });
  });

  test('offers nothing to who has the URL alone, and says so of what is not there', async () => {
    const { location } = await submit(gateway.url, aRequest());
    const { page } = await openPage(location, '');
    await page.getByText('Your submission was accepted.').waitFor();
    const { page: other } = await openPage(`${gateway.url}/api/submissions/${'0'.repeat(32)}`, '');

    expect(await page.getByRole('button').count()).toBe(0);
    await other.getByText('There is no such submission.').waitFor();
  });
});
