import type { Context } from 'hono';
import type { Refusal } from '../../http/refusal.ts';

/** Returns `undefined` for an error that has its usual page. */
type Make = (refusal: Refusal) => string | undefined;

const makers = new WeakMap<Context, Make>();

/** Has errors of this request answered by a page of its own: a form that gives back what was typed. */
export function withOwnErrorPage(c: Context, make: Make): void {
  makers.set(c, make);
}

export const ownErrorPage = (c: Context, refusal: Refusal): string | undefined => makers.get(c)?.(refusal);
