/** What a speaker, and whoever holds a status URL, can do with a submission. */
import { Hono } from 'hono';
import { type PollDependencies, pollRoute } from './poll.ts';
import { type SubmitDependencies, submitRoute } from './submit.ts';
import { type WithdrawDependencies, withdrawRoute } from './withdraw.ts';

export function submissionRoutes(dependencies: SubmitDependencies & PollDependencies & WithdrawDependencies) {
  return new Hono()
    .route('/', submitRoute(dependencies))
    .route('/', pollRoute(dependencies))
    .route('/', withdrawRoute(dependencies));
}
