import { rulesOf } from '../../contract/call/call.ts';
import { reopeningSchema } from '../../contract/http/organiser-answers.ts';
import { reopeningRequest } from '../../contract/http/requests.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';
import { attendanceOf, conclusionOf, isOver, stageOf } from '../../contract/record.ts';
import type { SubmissionState } from '../../contract/state.ts';
import { inputVersion } from '../../contract/workflow/submission-input.ts';
import { assertPreconditions } from '../http/preconditions.ts';
import { openingRefusals } from '../people/read-submission.ts';
import { route } from '../routing/route.ts';
import { listed } from './examples.ts';
import type { OrganiserDependencies } from './organiser-dependencies.ts';

/**
 * A published end is final (contract H14), so a reopened submission continues as a new one: decided as the old one was and not
 * announced, or at the stage where the old one failed. Repeating the request starts no second one.
 */
export const reopenSubmission = route(
  {
    route: 'POST /api/organiser/submissions/{id}/reopening',
    operationId: 'reopenSubmission',
    who: 'organiser',
    summary: 'Reopen a submission that has ended',
    description:
      'For an organiser. A published end is final: the talk continues as a new submission, decided as the old one was and not announced, or at the stage where it failed. The speaker gets its URL.',
    takes: { body: { ReopeningRequest: reopeningRequest }, example: { reason: 'It was mistaken for another talk.' } },
    gives: {
      202: {
        body: { Reopening: reopeningSchema },
        headers: { Location: 'OrganiserLocation' },
        example: { id: '8c4a346a0853d91a8a532b6790729547', reopens: listed.id },
      },
    },
    refuses: [...openingRefusals, 'not-over'],
  },
  ({ publicUrl, call, ids, runbook, gate, now }: OrganiserDependencies) => {
    const rules = rulesOf(call);

    return async (asked) => {
      const { person, params, body, refuse } = asked;
      const opened = await gate.open(asked, params.id);
      const { state } = opened;
      const { id, original = id, verdicts, conflicts } = state;
      const stage = stageOf(state);
      if (!mayReopen(state)) return refuse('not-over');
      const reopened = ids.ofReopened(id);
      await assertPreconditions(asked, opened.shown, () => opened.goesOnAs(reopened));
      const started = await opened.goOnAs({
        version: inputVersion,
        id: reopened,
        ...omitUndefined({ code: ids.codeOf(reopened), runbook }),
        createdAt: now().toISOString(),
        fingerprint: ids.fingerprint({ reopens: id }),
        rules,
        ...(state.proved && { proved: state.proved }),
        reopens: omitUndefined({
          id,
          original,
          by: person.name,
          reason: body.reason,
          stage,
          verdicts,
          conflicts,
          coSpeakers: state.coSpeakers,
          hasSlot: conclusionOf(state)?.kind === 'failed' ? (true as const) : undefined,
        }),
      });
      if (started.kind === 'erased') return refuse('erased');
      const Location = `${publicUrl}/api/organiser/submissions/${reopened}`;
      return { status: 202, body: { id: reopened, reopens: id }, headers: { Location } };
    };
  },
);

/** The speaker's decision stands: a withdrawn submission isn't reopened, and a confirmed one needs no reopening. A failed one had none. */
function mayReopen(state: SubmissionState): boolean {
  const kind = conclusionOf(state)?.kind;
  const answer = attendanceOf(state)?.answer;
  if (kind === 'failed') return true;
  if (!isOver(state) || state.verdicts.length === 0) return false;
  if (kind === 'accepted') return answer === 'declined' || answer === 'lapsed' || answer === 'canceled';
  return kind === 'rejected' || kind === 'waitlisted';
}
