import type { ParsedMail } from 'mailparser';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSmtp } from '../../dev/stand-ins/smtp.ts';
import { createTemporaryStack } from '../../dev/temporary-stack.ts';
import { executablePath } from '../support/chromium.ts';
import { callFile } from '../support/fixtures.ts';
import { shared } from '../support/shared.ts';

type Stack = Awaited<ReturnType<typeof createTemporaryStack>>;

/** How somebody uses a page. */
type Hand = { press: (what: Locator) => Promise<void>; type: (where: Locator, text: string) => Promise<void> };

const mouse: Hand = { press: (what) => what.click(), type: (where, text) => where.fill(text) };

/** Goes from one control to the next, as a keyboard does, until it is where it wants to be. */
async function reach(what: Locator): Promise<void> {
  await what.waitFor();
  for (let steps = 0; steps < 150; steps += 1) {
    if (await what.evaluate((element) => element === element.ownerDocument.activeElement)) return;
    await what.page().keyboard.press('Tab');
  }
  throw new Error(`the Tab key never comes to ${what}`);
}

const keyboard: Hand = {
  async press(what) {
    await reach(what);
    await what.page().keyboard.press((await what.getAttribute('type')) === 'radio' ? 'Space' : 'Enter');
  },
  async type(where, text) {
    await reach(where);
    await where.page().keyboard.press('ControlOrMeta+A');
    await where.page().keyboard.type(text);
  },
};

/** Whose mail it is, and how they use a page. */
const ways = [
  { way: 'a mouse', name: 'mouse', hand: mouse, hasScript: true },
  { way: 'the keyboard alone', name: 'keyboard', hand: keyboard, hasScript: true },
  { way: 'no JavaScript', name: 'plain', hand: mouse, hasScript: false },
];

describe.skipIf(executablePath === undefined)(
  'the whole road of a speaker (skipped where there is no Chromium)',
  () => {
    let stack: Stack;
    let smtp: Awaited<ReturnType<typeof startSmtp>>;
    let gateway: Awaited<ReturnType<Stack['startGateway']>>;
    let browser: Browser;

    beforeAll(async () => {
      stack = await createTemporaryStack(await shared('temporalCli'), new AbortController().signal);
      smtp = await startSmtp();
      await stack.startTemporal();
      const { stages } = callFile;
      gateway = await stack.startGateway({
        ...callFile,
        stages: { ...stages, selection: { ...stages.selection, policy: panel } },
        attendance: { deadline: '1d', cancelUntil: '2099-01-01T00:00:00Z' },
      });
      await stack.startWorker(undefined, { SMTP_URL: smtp.url, PUBLIC_URL: gateway.url });
      browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
    });
    afterAll(async () => {
      await browser.close();
      await stack.stop();
      await smtp.close();
    });

    /** The mail to somebody that has these words in its subject, once it has arrived. */
    async function mailTo(address: string, words: string): Promise<ParsedMail> {
      const find = () =>
        smtp.received.find(
          ({ to, subject = '' }) => [to].flat().some((one) => one?.text === address) && subject.includes(words),
        );
      await expect.poll(find, { timeout: 30_000 }).toBeDefined();
      return find() as ParsedMail;
    }

    /** As an organiser, once the talk is in selection. */
    async function accept(id: string): Promise<void> {
      const decide = () =>
        fetch(`${gateway.url}/api/organiser/submissions/${id}/decision`, {
          method: 'PUT',
          headers: { Authorization: `Bearer ${gateway.organiserToken}`, 'Content-Type': 'application/json' },
          body: JSON.stringify({ stage: 'selection', outcome: 'passed', override: true, reason: 'A good talk.' }),
        });
      await expect.poll(async () => (await decide()).ok, { timeout: 30_000 }).toBe(true);
    }

    test.each(ways)(
      'with $way: proposed, proved, changed, found again, accepted, confirmed, handed over, cancelled',
      async (one) => {
        const { hand, hasScript, name } = one;
        const { press, type } = hand;
        const [ada, jun] = [`ada.${name}@example.org`, `jun.${name}@example.net`];
        const [title, later] = ['What ninety days of waiting taught us', 'What a hundred days of waiting taught us'];
        const wrong: string[] = [];

        async function reader(): Promise<Page> {
          const page = await (await browser.newContext({ javaScriptEnabled: hasScript })).newPage();
          page.setDefaultTimeout(20_000);
          page.on('pageerror', (error) => wrong.push(String(error)));
          return page;
        }
        const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();
        const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first();
        const see = (page: Page, words: string) => page.getByRole('heading', { name: words }).first().waitFor();

        /** Follows a link with a key in it. Without a script, the key is pasted, where the page isn't open by its cookie. */
        async function follow(page: Page, address: string, opens?: string): Promise<void> {
          await page.goto('about:blank');
          await page.goto(address);
          const field = page.getByLabel(/private code/).first();
          if (hasScript || (await field.count()) === 0) return;
          const disclosed = page.getByText('Open it with your private code');
          if ((await disclosed.count()) > 0) await disclosed.click();
          await type(field, address.slice(address.indexOf('#') + 1));
          if (opens !== undefined) await press(button(page, opens));
        }

        async function propose(page: Page, text: string): Promise<void> {
          await page.goto(gateway.url);
          await press(link(page, 'Propose a talk'));
          await type(page.getByLabel('Title'), text);
          await type(page.getByLabel('Description'), `${text}: ${'a word about it '.repeat(10)}`);
          await press(page.getByLabel('web'));
          await type(page.getByLabel('Your name'), 'Ada Lovelace');
          await type(page.getByLabel('Your email address'), ada);
          if (text === title) {
            await press(button(page, 'Add a co-speaker'));
            await type(page.locator('[name="coSpeakers.0.name"]'), 'Jun Watanabe');
            await type(page.locator('[name="coSpeakers.0.email"]'), jun);
          }
          await press(button(page, 'Submit the talk'));
          await see(page, 'We have your talk');
        }

        const page = await reader();
        await propose(page, title);
        const receipt = await mailTo(ada, 'Your talk has reached Fault Conf');
        await follow(page, linkIn(receipt));
        await press(button(page, 'Yes, this is my address'));
        await see(page, 'Your address is confirmed');
        const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
        await press(link(page, 'Change the talk'));
        await type(page.getByLabel('Title'), later);
        await press(page.getByRole('button', { name: 'Save the changes' }).last());
        await see(page, 'Your changes are saved');

        await propose(page, 'Another talk of which I am not sure');
        await press(link(page, 'See your talk'));
        await press(link(page, 'Withdraw the talk'));
        await press(button(page, 'Withdraw the talk'));
        await see(page, 'You have withdrawn your talk');

        // Another device: nothing of the first one is left.
        const elsewhere = await reader();
        await elsewhere.goto(gateway.url);
        await press(link(elsewhere, 'My talks'));
        await type(elsewhere.getByLabel('Email address'), ada);
        await press(button(elsewhere, 'Send me my link'));
        await follow(elsewhere, linkIn(await mailTo(ada, 'Your link to Fault Conf')), 'Open my talks');
        const opens = new RegExp(`^Open the talk ?: ${later}$`);
        await press(elsewhere.getByRole(hasScript ? 'link' : 'button', { name: opens }));
        await elsewhere.getByText('Version 2').waitFor();

        const coSpeaker = await reader();
        await follow(coSpeaker, linkIn(await mailTo(jun, 'You are named as a co-speaker')), 'Open the invitation');
        await press(button(coSpeaker, 'Accept'));
        await coSpeaker.getByText('We have your answer: you accept').waitFor();
        await expect
          .poll(() => elsewhere.reload().then(() => elsewhere.getByText('has accepted').count()), { timeout: 20_000 })
          .toBe(1);

        await accept(id);
        const answer = await mailTo(ada, 'Accepted');
        await follow(page, linkIn(answer), 'Open my talk');
        await press(button(page, 'Yes, I will come'));
        await see(page, 'We have your answer: you will come');
        await press(link(page, 'Hand the talk over'));
        await press(button(page, /^Hand over to Jun Watanabe/));
        await see(page, 'You have handed the talk over');
        await page.goto(linkIn(answer));
        if (hasScript) await see(page, 'This link does not open the talk');

        await follow(coSpeaker, linkIn(await mailTo(jun, 'We write to this address from now on')), 'Open my talk');
        await press(link(coSpeaker, "I can't come after all"));
        await press(button(coSpeaker, 'Cancel the talk'));
        await see(coSpeaker, 'Your talk is cancelled');
        const status = await (await fetch(`${gateway.url}/api/submissions/${id}`)).json();

        // What is mailed to an address before it is proved has no word of whoever sent the submission.
        expect(`${receipt.subject} ${receipt.text}`).not.toMatch(/waiting|Ada/);
        expect(answer.subject).toContain('“What a hundred days of waiting taught us”');
        expect(status).toMatchObject({ status: 'Succeeded', result: { outcome: 'accepted', attendance: 'canceled' } });
        expect(wrong).toEqual([]);
        for (const context of browser.contexts()) await context.close();
      },
    );
  },
);

const panel = { kind: 'panel', quorum: 2, deadline: '14d', reminders: ['7d'], whenDue: 'escalate' };

/** The first that stands in the text. */
const linkIn = ({ text = '' }: ParsedMail): string => /http\S+/.exec(text)?.[0] ?? '';
