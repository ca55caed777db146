import type { Context } from 'hono';
import type { Deadline } from '../../process/deadline.ts';
import type { Refuse } from '../http/refusal.ts';
import type { Caller } from '../people/authorize.ts';
import type { Answer, Asked, Definition, File } from './definition.ts';

/** A definition with its handler, for what the handler depends on. */
export type Route<Dependencies> = {
  definition: Definition;
  handler: (dependencies: Dependencies) => Handler['handle'];
};

/** As a method: what each handler asks for is narrower than this. */
type Handler = { handle(asked: AnyAsked): Promise<AnyAnswer> };

/** The same for all routes, without the types that each definition gives it. */
export type AnyAsked = Caller & {
  c: Context;
  params: Record<string, string>;
  query: unknown;
  body: unknown;
  content: unknown;
  key: string | undefined;
  deadline: Deadline;
  refuse: Refuse<never>;
};

export type AnyAnswer = {
  status: 200 | 202;
  body?: unknown;
  file?: File;
  headers?: Record<string, string | undefined>;
};

/**
 * A route, whose handler can answer and refuse only as it is defined. What the handler is given is of the types that the
 * definition has since `mount` reads it by the same definition; no type can say that, and so the handler is taken as it is.
 */
export function route<const D extends Definition, Dependencies>(
  definition: D,
  handler: (dependencies: Dependencies) => (asked: Asked<D>) => Promise<Answer<D>>,
): Route<Dependencies>;
export function route(definition: Definition, handler: Route<never>['handler']): Route<never> {
  return { definition, handler };
}
