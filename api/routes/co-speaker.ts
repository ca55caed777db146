import type { z } from 'zod';
import { coSpeakerRequest } from '../../contract/http/requests.ts';
import { coSpeakerSchema } from '../../contract/http/speaker-answers.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';
import { type SubmissionRecord, stillNamed } from '../../contract/record.ts';
import { commandRefusals } from '../../contract/workflow/errors.ts';
import { done } from '../http/done.ts';
import { assertPreconditions, nothingThere } from '../http/preconditions.ts';
import { route } from '../routing/route.ts';
import type { SubmissionDependencies } from './submission-dependencies.ts';

export type Invitation = z.output<typeof coSpeakerSchema>;

const gives = {
  200: {
    body: { CoSpeaker: coSpeakerSchema },
    example: { name: 'Jun Watanabe', invitedBy: 'Ada Lovelace', title: 'What ninety days of waiting taught us' },
  },
} as const;

export const readInvitation = route(
  {
    route: 'GET /api/submissions/{id}/co-speaker',
    operationId: 'readInvitation',
    who: 'co-speaker',
    summary: 'Read the invitation of a co-speaker',
    description: 'With the token in the mail to a co-speaker, which lets them answer and nothing else.',
    gives,
    refuses: ['not-found', 'erased', 'unauthorized'],
  },
  ({ readHeld }: SubmissionDependencies) =>
    async ({ id, number, deadline, refuse }) => {
      const body = invitationIn(await readHeld(id, deadline, refuse), number) ?? refuse('unauthorized');
      return { status: 200, body };
    },
);

export const answerInvitation = route(
  {
    route: 'PUT /api/submissions/{id}/co-speaker',
    operationId: 'answerInvitation',
    who: 'co-speaker',
    summary: 'Accept or decline as a co-speaker',
    description:
      'With the token in the mail to a co-speaker. The answer can be changed until the submission has ended.',
    takes: { body: { CoSpeakerRequest: coSpeakerRequest }, example: { answer: 'accepted' } },
    gives,
    refuses: ['not-found', 'erased', ...commandRefusals.answerAsCoSpeaker],
  },
  ({ readHeld, speakerCommands }: SubmissionDependencies) =>
    async (asked) => {
      const { id, number, body, deadline, key, refuse } = asked;
      await assertPreconditions(asked, nothingThere);
      const invitation = invitationIn(await readHeld(id, deadline, refuse), number) ?? refuse('unauthorized');
      const command = { number, answer: body.answer };
      const result = await speakerCommands.answerAsCoSpeaker(id, command, { deadline, key, refuse });
      done(result, refuse);
      return { status: 200, body: { ...invitation, answer: body.answer } };
    },
);

/** What a co-speaker may know of a submission. `undefined`: no longer one of those who are named. */
export function invitationIn(
  { submission, state }: Pick<SubmissionRecord, 'submission' | 'state'>,
  number: number,
): Invitation | undefined {
  const own = stillNamed(submission, state).find((one) => one.number === number);
  if (own === undefined) return undefined;
  return omitUndefined({
    name: own.name,
    invitedBy: submission.speaker.name,
    title: submission.title,
    answer: own.answer,
  });
}
