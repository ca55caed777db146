import type { Context } from 'hono';
import type { Deadline } from '../../process/deadline.ts';
import type { Refuse } from '../http/refusal.ts';
import type { Caller } from '../people/authorize.ts';
import type { Answer, Asked, Definition, File } from './definition.ts';

/** A definition with its handler. */
export type Route<Dependencies> = {
  definition: Definition;
  handler: (dependencies: Dependencies) => Handler['handle'];
};

/** A method, whose parameters are bivariant: each handler takes a narrower type. */
type Handler = { handle(asked: AnyAsked): AnyAnswer | Promise<AnyAnswer> };

/** `Asked`, without the types of one definition. */
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
  status: 200 | 202 | 204;
  body?: object;
  file?: File;
  headers?: Record<string, string>;
};

/**
 * A route, whose handler can answer and refuse only as defined. `mount` parses the request by the same definition, so the
 * handler's types hold; the type system can't express that, hence the overload.
 */
export function route<const D extends Definition, Dependencies>(
  definition: D,
  handler: (dependencies: Dependencies) => (asked: Asked<D>) => Answer<D> | Promise<Answer<D>>,
): Route<Dependencies>;
export function route(definition: Definition, handler: Route<never>['handler']): Route<never> {
  return { definition, handler };
}
