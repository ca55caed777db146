/** What a speaker, and whoever holds a status URL, can do with a submission. */
import { Hono } from 'hono';
import { createSpeakerOnly } from '../speaker-only.ts';
import { type AttendanceDependencies, attendanceRoute } from './attendance.ts';
import { type PollDependencies, pollRoute } from './poll.ts';
import { type SubmitDependencies, submitRoute } from './submit.ts';
import { type WithdrawDependencies, withdrawRoute } from './withdraw.ts';

type Everything = SubmitDependencies & PollDependencies & WithdrawDependencies & AttendanceDependencies;

export function submissionRoutes(dependencies: Omit<Everything, 'speakerOnly'>) {
  const shared = { ...dependencies, speakerOnly: createSpeakerOnly(dependencies) };
  return new Hono()
    .route('/', submitRoute(shared))
    .route('/', pollRoute(shared))
    .route('/', withdrawRoute(shared))
    .route('/', attendanceRoute(shared));
}
