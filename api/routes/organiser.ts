/** What organisers and reviewers can do, each with a token of their own. */
import { type Context, Hono } from 'hono';
import type { Call } from '../../contract/call/call.ts';
import type { Person } from '../../contract/committee/person.ts';
import { answerTagged } from '../http/answer-tagged.ts';
import type { Limits } from '../limits/limits.ts';
import type { Access } from '../people/access.ts';
import { createGate, type GateDependencies } from '../people/gate.ts';
import { createOnly, type WithPerson } from '../people/only.ts';
import { type EraseDependencies, eraseSubmissionRoute } from './erase-submission.ts';
import { type FollowDependencies, followRoutes } from './follow.ts';
import { type ListDependencies, listSubmissionsRoute } from './list-submissions.ts';
import { type MessageDependencies, messageRoutes } from './messages.ts';
import { createOperationAnswers } from './operation-answers.ts';
import { type OperationDependencies, operationRoutes } from './operations.ts';
import { type ReopenDependencies, reopenSubmissionRoute } from './reopen-submission.ts';
import { type ReviewDependencies, reviewSubmissionRoute } from './review-submission.ts';

type Everything = ListDependencies &
  EraseDependencies &
  ReviewDependencies &
  ReopenDependencies &
  OperationDependencies &
  MessageDependencies &
  FollowDependencies;

/** Made here, for all of them. */
type Own = 'only' | 'gate' | 'operationAnswers';

export type OrganiserDependencies = Omit<Everything, Own> & {
  call: Call;
  access: Access;
  limits: Limits;
  addressOf: (c: Context) => string;
  /** What stands behind the gate. */
  behind: Pick<GateDependencies, 'idSecret' | 'store' | 'people' | 'operations' | 'submissions'>;
  committee: readonly Person[];
};

export function organiserRoutes({ behind, ...dependencies }: OrganiserDependencies) {
  const { texts: _, ...call } = dependencies.call;
  const content = JSON.stringify(call);
  const only = createOnly(dependencies);
  const shared = {
    ...dependencies,
    only,
    gate: createGate({ ...dependencies, ...behind }),
    operationAnswers: createOperationAnswers(dependencies.publicUrl, dependencies.now),
  };

  return (
    new Hono<WithPerson>()
      .get('/call', only('reviewer'), (c) => answerTagged(c, content))
      .route('/submissions', listSubmissionsRoute(shared))
      .route('/submissions', reviewSubmissionRoute(shared))
      .route('/submissions', reopenSubmissionRoute(shared))
      .route('/submissions', eraseSubmissionRoute(shared))
      // Before the operations: `trigger` is no id of one.
      .route('/', followRoutes(shared))
      .route('/', operationRoutes(shared))
      .route('/', messageRoutes(shared))
  );
}
