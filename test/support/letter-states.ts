/** The pages that mails lead to, each in its states. */
import type { Page } from 'playwright-core';
import { Refusal } from '../../api/http/refusal.ts';
import { TemporalUnavailableError } from '../../temporal/bounded-calls.ts';
import { noCommands } from './app.ts';
import { anId } from './fixtures.ts';
import { codes, id, oneOfEach, withInvitation, withTalks } from './letters.ts';
import type { PageState } from './page-state.ts';

const to = (page: string, code = '') => ({
  open: (tab: Page, url: string) => tab.goto(`${url}${page}${code && `#${code}`}`),
});

/** Opens the page with the code of a link, and presses its button. */
const pressed = (page: string, code: string, button: string) => ({
  open: async (tab: Page, url: string) => {
    await tab.goto(`${url}${page}#${code}`);
    await tab.getByRole('button', { name: button }).click();
    await tab.locator('main [data-focus]').first().waitFor();
  },
});

/** Opens what the script fetches at once. */
const opened = (page: string, code: string) => ({
  open: async (tab: Page, url: string) => {
    await tab.goto(`${url}${page}#${code}`);
    await tab.locator('main [data-focus]').first().waitFor();
  },
});

const [proof, notMine, undo, coSpeaker] = ['proof', 'not-mine', 'undo', 'co-speaker'].map(
  (name) => `/submissions/${id}/${name}`,
);

const ended = { ...noCommands, prove: async () => ({ kind: 'refused', code: 'unauthorized', details: {} }) as const };
const stopped = { ...noCommands, prove: async () => ({ kind: 'done', value: {} }) as const };
const down = { ...noCommands, prove: () => Promise.reject(new TemporalUnavailableError('away')) };
const busy = {
  isSpent: async () => false,
  charge: async (name: string) => {
    if (name === 'access') throw new Refusal('too-many-requests', {}, { headers: { 'Retry-After': '40' } });
  },
};

/** As they get past the checks of a submit, and as they must not look in a page. */
const hostileTitle = `<img src=x onerror=alert(1)> \u202Egnirts \u05E9\u05DC\u05D5\u05DD \u{1F3F3}\uFE0F\u200D\u{1F308} ${'x'.repeat(10_000)}`;
const hostileName = '"><svg onload=alert(1)> \u202E\u0645\u0631\u062D\u0628\u0627 </bdi></title>';

export const letterStates: readonly PageState[] = [
  { name: 'proof', ...to(proof ?? '', codes.proof) },
  { name: 'proof-without-code', ...to(proof ?? '') },
  { name: 'proof-missing-code', open: (tab, url) => pressWithout(tab, `${url}${proof}`) },
  {
    name: 'proof-ended',
    gateway: { commands: ended },
    ...pressed(proof ?? '', codes.proof, 'Yes, this is my address'),
  },
  { name: 'proof-down', gateway: { commands: down }, ...pressed(proof ?? '', codes.proof, 'Yes, this is my address') },
  { name: 'not-mine', ...to(notMine ?? '', codes.proof) },
  {
    name: 'not-mine-done',
    gateway: { commands: stopped },
    ...pressed(notMine ?? '', codes.proof, 'Stop all mails about it'),
  },
  { name: 'undo', ...to(undo ?? '', codes.undo) },
  { name: 'co-speaker-without-code', ...to(coSpeaker ?? '') },
  { name: 'co-speaker', gateway: withInvitation(), ...opened(coSpeaker ?? '', codes['co-speaker']) },
  {
    name: 'co-speaker-accepted',
    gateway: withInvitation(),
    open: async (tab, url) => {
      await tab.goto(`${url}${coSpeaker}#${codes['co-speaker']}`);
      await tab.getByRole('button', { name: 'Accept' }).click();
      await tab.getByText('We have your answer').waitFor();
    },
  },
  {
    name: 'co-speaker-over',
    gateway: withInvitation({ answer: 'declined', state: { stage: 'selection', conclusion: { kind: 'rejected' } } }),
    ...opened(coSpeaker ?? '', codes['co-speaker']),
  },
  {
    name: 'co-speaker-hostile',
    gateway: withInvitation({ title: hostileTitle, name: hostileName, by: hostileName }),
    ...opened(coSpeaker ?? '', codes['co-speaker']),
  },
  { name: 'access', ...to('/access') },
  { name: 'access-sent', ...to('/access?said=sent') },
  { name: 'access-malformed', open: (tab, url) => askFor(tab, url, 'ada') },
  { name: 'access-busy', gateway: { limits: busy }, open: (tab, url) => askFor(tab, url, 'ada@example.org') },
  { name: 'mine-without-code', ...to('/mine') },
  { name: 'mine', gateway: withTalks(oneOfEach), ...opened('/mine', codes.access) },
  {
    name: 'mine-without-script',
    gateway: withTalks(oneOfEach),
    open: async (tab, url) => {
      await tab.goto(`${url}/mine`);
      await tab.locator('[name=code]').fill(codes.access);
      // As without a script: the form is sent, not fetched.
      await tab.evaluate("document.querySelector('form[data-code]').submit()");
      await tab.locator('.talks').waitFor();
    },
  },
  { name: 'mine-empty', gateway: withTalks([]), ...opened('/mine', codes.access) },
  { name: 'mine-expired', ...opened('/mine', codes.expired) },
  { name: 'mine-wrong', ...opened('/mine', '1.a.wrong.code') },
  {
    name: 'mine-hostile',
    gateway: withTalks([
      { title: hostileTitle, isProved: false },
      { title: hostileTitle },
      { id: anId(3), title: 'x' },
    ]),
    ...opened('/mine', codes.access),
  },
];

async function pressWithout(tab: Page, url: string): Promise<void> {
  await tab.goto(url);
  await tab.getByRole('button').first().click();
  await tab.getByText('There is a problem').waitFor();
}

async function askFor(tab: Page, url: string, email: string): Promise<void> {
  await tab.goto(`${url}/access`);
  await tab.getByLabel('Email address').fill(email);
  await tab.getByRole('button', { name: 'Send me my link' }).click();
  await tab.locator('main .notice').waitFor();
}
