/** What a speaker, and whoever holds a status URL, can do with a submission. */
import { Hono } from 'hono';
import { createSpeakerOnly } from '../people/speaker-only.ts';
import { createSeenBySpeaker } from '../status/seen-by-speaker.ts';
import { type AttendanceDependencies, attendanceRoute } from './attendance.ts';
import { type PollDependencies, pollRoute } from './poll.ts';
import { type SubmitDependencies, submitRoute } from './submit.ts';
import { type WithdrawDependencies, withdrawRoute } from './withdraw.ts';

type Everything = SubmitDependencies & PollDependencies & WithdrawDependencies & AttendanceDependencies;

/** The rest is made here, for all of them. */
type Dependencies = Omit<Everything, 'speakerOnly' | 'seenBySpeaker'> & Parameters<typeof createSeenBySpeaker>[0];

export function submissionRoutes(dependencies: Dependencies) {
  const [speakerOnly, seenBySpeaker] = [createSpeakerOnly(dependencies), createSeenBySpeaker(dependencies)];
  const shared = { ...dependencies, speakerOnly, seenBySpeaker };
  return new Hono()
    .route('/', submitRoute(shared))
    .route('/', pollRoute(shared))
    .route('/', withdrawRoute(shared))
    .route('/', attendanceRoute(shared));
}
