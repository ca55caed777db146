import type { Context, MiddlewareHandler } from 'hono';
import type { Person } from '../contract/person.ts';
import type { Role } from '../contract/visibility.ts';
import { type Access, includes } from './access.ts';
import { bearerToken } from './bearer.ts';
import type { Limits } from './limits.ts';
import { Refusal } from './refusal.ts';

/** Who asks, in the routes for organisers and reviewers. */
export type WithPerson = { Variables: { person: Person } };

export type Only = (role: Role) => MiddlewareHandler<WithPerson>;

type Dependencies = { access: Access; limits: Limits; addressOf: (c: Context) => string };

/** Lets those through who have at least a role; all others get the same answer (contract H30). */
export function createOnly({ access, limits, addressOf }: Dependencies): Only {
  return (role) => async (c, next) => {
    const token = bearerToken(c);
    const person = token === undefined ? undefined : access(token);
    if (!person || !includes(person.role, role)) {
      await limits.charge('refused', addressOf(c));
      throw new Refusal('unauthorized');
    }
    await limits.charge('credential', person.name);
    c.set('person', person);
    return next();
  };
}
