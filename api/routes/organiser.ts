/** What organisers and reviewers can do, each with a token of their own. */
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { Call } from '../../contract/call.ts';
import { type Access, includes, type Role } from '../access.ts';
import { answerSized } from '../answer-sized.ts';
import { bearerToken } from '../bearer.ts';
import type { Limits } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import { type EraseDependencies, eraseSubmissionRoute } from './erase-submission.ts';
import { type ListDependencies, listSubmissionsRoute } from './list-submissions.ts';

export type OrganiserDependencies = ListDependencies &
  EraseDependencies & {
    call: Call;
    access: Access;
    limits: Limits;
    addressOf: (c: Context) => string;
  };

export function organiserRoutes(dependencies: OrganiserDependencies) {
  const content = JSON.stringify(dependencies.call);
  const app = new Hono();
  app.use('/submissions/*', only('organiser', dependencies));
  return app
    .get('/call', only('reviewer', dependencies), (c) => {
      c.header('Cache-Control', 'private, no-cache');
      return answerSized(c, 200, 'application/json', content);
    })
    .route('/submissions', listSubmissionsRoute(dependencies))
    .route('/submissions', eraseSubmissionRoute(dependencies));
}

/** Lets those through who have at least this role; all others get the same answer (contract H30). */
export function only(
  role: Role,
  { access, limits, addressOf }: Pick<OrganiserDependencies, 'access' | 'limits' | 'addressOf'>,
): MiddlewareHandler {
  return async (c, next) => {
    const token = bearerToken(c);
    const person = token === undefined ? undefined : access(token);
    if (!person || !includes(person.role, role)) {
      await limits.charge('refused', addressOf(c));
      throw new Refusal('unauthorized');
    }
    await limits.charge('credential', person.name);
    return next();
  };
}
