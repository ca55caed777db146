/**
 * `npm run screenshots -- FOLDER [NAME…]`: pictures of each page in each state, by the browser of this machine; with `web-ui`,
 * of Temporal's Web UI.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { executablePath } from '../support/chromium.ts';
import { pageStates, servePages } from '../support/page-states.ts';
import { takeWebUi } from './take-web-ui.ts';

const widths = [320, 768, 1280];
/** The reader isn't where the call is. */
const timezoneId = 'America/New_York';

const [folder, ...names] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: npm run screenshots -- FOLDER [NAME…]');
if (executablePath === undefined) throw new Error('there is no Chromium on this machine');
await mkdir(folder, { recursive: true });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });

if (names.includes('web-ui')) await takeWebUi(browser, folder);
for (const { name, gateway, open } of pageStates) {
  if (names.length > 0 && !names.includes(name)) continue;
  const pages = await servePages(gateway);
  const context = await browser.newContext({ timezoneId });
  const page = await context.newPage();
  await open(page, pages.url);
  await page.waitForLoadState('networkidle');
  const take = (suffix: string) => page.screenshot({ path: join(folder, `${name}-${suffix}.png`), fullPage: true });
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, media: 'screen' });
      await take(`${width}-${colorScheme}`);
    }
  }
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  await take('print');
  await page.setViewportSize({ width: 768, height: 800 });
  await page.emulateMedia({ media: 'screen', forcedColors: 'active' });
  await take('forced-colors');
  await page.emulateMedia({ forcedColors: 'none' });
  // As it will be in a language that is written so.
  await page.evaluate(`document.documentElement.dir = 'rtl'`);
  await take('right-to-left');
  await context.close();
  await pages.close();
  process.stdout.write(`${name}\n`);
}
await browser.close();
