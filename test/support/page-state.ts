import type { Page } from 'playwright-core';
import type { anApp } from './app.ts';

/** A page in one of its states, and the gateway that has it so. */
export type PageState = {
  name: string;
  gateway?: Parameters<typeof anApp>[0];
  open: (page: Page, url: string) => Promise<unknown>;
};
