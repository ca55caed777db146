import { Hono } from 'hono';
import { type Call, rulesOf } from '../../contract/call/call.ts';
import { reopeningRequest } from '../../contract/http/requests.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';
import type { SubmissionState } from '../../contract/state.ts';
import { answerDeadline } from '../http/answer-deadline.ts';
import { answerSized } from '../http/answer-sized.ts';
import { assertPreconditions } from '../http/preconditions.ts';
import { Refusal } from '../http/refusal.ts';
import type { createIds } from '../ids.ts';
import type { Gate } from '../people/gate.ts';
import type { Only, WithPerson } from '../people/only.ts';
import { limitContent } from '../request/limit-content.ts';
import { readCommand } from '../request/read-command.ts';

export type ReopenDependencies = {
  publicUrl: string;
  call: Call;
  only: Only;
  ids: ReturnType<typeof createIds>;
  gate: Pick<Gate, 'open'>;
  now: () => Date;
};

/**
 * What was told as the end stays the end (contract H14): a submission that is reopened goes on as a new one, decided as
 * the old one was, and not announced. It is one, however often it is asked for.
 */
export function reopenSubmissionRoute({ publicUrl, call, only, ids, gate, now }: ReopenDependencies) {
  const rules = rulesOf(call);

  return new Hono<WithPerson>().post('/:id/reopening', only('organiser'), limitContent, async (c) => {
    const { person } = c.var;
    const { reason } = await readCommand(c, reopeningRequest);
    const opened = await gate.open(person, c.req.param('id'), answerDeadline());
    const { state } = opened;
    const { id, original = id, verdicts, conflicts } = state;
    if (!mayReopen(state) || state.stage === 'received') throw new Refusal('not-over');
    const reopened = ids.ofReopened(id);
    await assertPreconditions(c, opened.shown, () => opened.goesOnAs(reopened));
    const started = await opened.goOnAs({
      id: reopened,
      createdAt: now().toISOString(),
      fingerprint: ids.fingerprint({ reopens: id }),
      rules,
      reopens: omitUndefined({ id, original, by: person.name, reason, stage: state.stage, verdicts, conflicts }),
    });
    if (started.kind === 'erased') throw new Refusal('erased');
    c.header('Location', `${publicUrl}/api/organiser/submissions/${reopened}`);
    c.header('Cache-Control', 'no-store');
    return answerSized(c, 202, 'application/json', JSON.stringify({ id: reopened, reopens: id }));
  });
}

/** The speaker's own word stands: what was withdrawn is not reopened, and what was confirmed has no need of it. */
function mayReopen({ isOver, conclusion, attendance, verdicts }: SubmissionState): boolean {
  if (!isOver || conclusion === undefined || verdicts.length === 0) return false;
  if (conclusion.kind === 'accepted') return attendance?.answer === 'declined' || attendance?.answer === 'lapsed';
  return conclusion.kind === 'rejected' || conclusion.kind === 'waitlisted';
}
