import type { Context, MiddlewareHandler } from 'hono';
import type { Role } from '../../contract/call/visibility.ts';
import type { Person } from '../../contract/committee/person.ts';
import { bearerToken } from '../http/bearer.ts';
import { Refusal } from '../http/refusal.ts';
import type { Limits } from '../limits/limits.ts';
import { type Access, includes } from './access.ts';

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
