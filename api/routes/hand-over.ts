import { handoverRequest } from '../../contract/http/requests.ts';
import { handoverSchema } from '../../contract/http/speaker-answers.ts';
import { commandRefusals } from '../../contract/workflow/errors.ts';
import { doneInTime } from '../http/done.ts';
import { assertPreconditions, nothingThere } from '../http/preconditions.ts';
import { route } from '../routing/route.ts';
import type { SubmissionDependencies } from './submission-dependencies.ts';

export const handOver = route(
  {
    route: 'POST /api/submissions/{id}/handover',
    operationId: 'handOver',
    who: 'speaker',
    summary: 'Hand the talk over to a co-speaker',
    description:
      'For the speaker: a co-speaker who has accepted takes their place, and is sent a link. The tokens of the former speaker end.',
    takes: { body: { HandoverRequest: handoverRequest }, example: { to: 'jun@example.org' } },
    gives: { 200: { body: { Handover: handoverSchema }, example: {} } },
    refuses: ['not-found', 'erased', 'submission-concluded', ...commandRefusals.handOver],
  },
  ({ commands }: SubmissionDependencies) =>
    async (asked) => {
      const { id, generation, body, deadline, key, refuse } = asked;
      await assertPreconditions(asked, nothingThere);
      doneInTime(await commands.handOver(id, { to: body.to, generation }, { deadline, key }), refuse);
      return { status: 200, body: {} };
    },
);
