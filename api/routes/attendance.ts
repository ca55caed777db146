import { attendanceRequest } from '../../contract/http/requests.ts';
import { type StatusDocument, statusDocumentSchema } from '../../contract/http/status.ts';
import { commandRefusals } from '../../contract/workflow/errors.ts';
import { done } from '../http/done.ts';
import { underPreconditions } from '../http/preconditions.ts';
import type { Asked } from '../routing/definition.ts';
import { route } from '../routing/route.ts';
import { accepted } from './examples.ts';
import type { SubmissionDependencies } from './submission-dependencies.ts';

const definition = {
  route: 'PUT /api/submissions/{id}/attendance',
  operationId: 'answerAcceptance',
  who: 'speaker',
  summary: 'Confirm or decline after an acceptance; cancel after that',
  description:
    'Once, while `result.attendance` is `awaited`; `canceled` while it is `confirmed`, until the `cancelUntil` of the call. Repeating the same answer changes nothing.',
  takes: {
    body: { AttendanceRequest: attendanceRequest },
    description: 'The answer',
    example: { attendance: 'confirmed' },
  },
  gives: {
    200: {
      description: 'The answer is recorded',
      body: { StatusDocument: statusDocumentSchema },
      only: { status: ['Succeeded'] },
      example: { ...accepted, result: { outcome: 'accepted', attendance: 'confirmed' } },
    },
  },
  refuses: ['not-found', 'erased', ...commandRefusals.answer],
} as const;

export const attendance = route(
  definition,
  ({ commands, submissions, reader, watchers, seenBySpeaker }: SubmissionDependencies) => {
    return async (asked) => {
      const { id, generation, body, deadline, refuse } = asked;
      const since = reader.now();
      const status = await underPreconditions(
        asked,
        () => seenBySpeaker(id, deadline),
        async (condition) => {
          const result = await commands.answer(id, { answer: body.attendance, generation, ...condition }, { deadline });
          return result.kind === 'over' ? answered(asked) : done(result, refuse);
        },
      );
      reader.remember(id, status, since);
      watchers.notify(id, { kind: 'found', status });
      return { status: 200, body: status };
    };

    /** A submission that has ended was answered before, or its deadline has passed. */
    async function answered({ id, body, deadline, refuse }: Asked<typeof definition>): Promise<StatusDocument> {
      const found = await submissions.find(id, deadline);
      if (found === undefined) return refuse('not-found');
      if (found === 'erased') return refuse('erased');
      const { status } = found;
      const standing = status.result?.attendance;
      if (standing === body.attendance) return status;
      return standing === undefined ? refuse('not-accepted') : refuse('attendance-answered', { attendance: standing });
    }
  },
);
