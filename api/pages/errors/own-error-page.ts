import type { Context } from 'hono';
import type { Refusal } from '../../http/refusal.ts';

type Make = (refusal: Refusal) => string;

const makers = new WeakMap<Context, Make>();

/** Has errors of this request answered by a page of its own: a form that gives back what was typed. */
export function withOwnErrorPage(c: Context, make: Make): void {
  makers.set(c, make);
}

export const ownErrorPage = (c: Context, refusal: Refusal): string | undefined => makers.get(c)?.(refusal);
