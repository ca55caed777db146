import { rulesOf } from '../../contract/call/call.ts';
import { reopeningSchema } from '../../contract/http/organiser-answers.ts';
import { reopeningRequest } from '../../contract/http/requests.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';
import type { SubmissionState } from '../../contract/state.ts';
import { assertPreconditions } from '../http/preconditions.ts';
import { openingRefusals } from '../people/opening.ts';
import { route } from '../routing/route.ts';
import { listed } from './examples.ts';
import type { OrganiserDependencies } from './organiser-dependencies.ts';

/**
 * What was told as the end stays the end (contract H14): a submission that is reopened goes on as a new one, decided as
 * the old one was, and not announced. It is one, however often it is asked for.
 */
export const reopenSubmission = route(
  {
    route: 'POST /api/organiser/submissions/{id}/reopening',
    operationId: 'reopenSubmission',
    who: 'organiser',
    summary: 'Reopen a submission that is over',
    description:
      'For an organiser. What was told as the end stays the end: it goes on as a new submission, decided as the old one was and not announced, and the speaker is told its URL.',
    takes: { body: { ReopeningRequest: reopeningRequest }, example: { reason: 'It was taken for another one.' } },
    gives: {
      202: {
        body: { Reopening: reopeningSchema },
        headers: { Location: 'OrganiserLocation' },
        example: { id: '8c4a346a0853d91a8a532b6790729547', reopens: listed.id },
      },
    },
    refuses: [...openingRefusals, 'not-over'],
  },
  ({ publicUrl, call, ids, gate, now }: OrganiserDependencies) => {
    const rules = rulesOf(call);

    return async (asked) => {
      const { person, params, body, refuse } = asked;
      const opened = await gate.open(asked, params.id);
      const { state } = opened;
      const { id, original = id, verdicts, conflicts } = state;
      if (!mayReopen(state) || state.stage === 'received') return refuse('not-over');
      const reopened = ids.ofReopened(id);
      await assertPreconditions(asked, opened.shown, () => opened.goesOnAs(reopened));
      const started = await opened.goOnAs({
        id: reopened,
        createdAt: now().toISOString(),
        fingerprint: ids.fingerprint({ reopens: id }),
        rules,
        reopens: omitUndefined({
          id,
          original,
          by: person.name,
          reason: body.reason,
          stage: state.stage,
          verdicts,
          conflicts,
        }),
      });
      if (started.kind === 'erased') return refuse('erased');
      const Location = `${publicUrl}/api/organiser/submissions/${reopened}`;
      return { status: 202, body: { id: reopened, reopens: id }, headers: { Location } };
    };
  },
);

/** The speaker's own word stands: what was withdrawn is not reopened, and what was confirmed has no need of it. */
function mayReopen({ isOver, conclusion, attendance, verdicts }: SubmissionState): boolean {
  if (!isOver || conclusion === undefined || verdicts.length === 0) return false;
  if (conclusion.kind === 'accepted') return attendance?.answer === 'declined' || attendance?.answer === 'lapsed';
  return conclusion.kind === 'rejected' || conclusion.kind === 'waitlisted';
}
