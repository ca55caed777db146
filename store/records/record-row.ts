import { publicStatus } from '../../contract/public-status.ts';
import {
  awaits,
  conclusionOf,
  currentVerdict,
  isOver,
  isOverdue,
  partiesOf,
  type SubmissionRecord,
  stageOf,
  stageSince,
} from '../../contract/record.ts';
import { holderOf } from '../../contract/text/holder-of.ts';
import { normalAddress } from '../../contract/text/normal-address.ts';
import type { Tables } from '../tables.ts';

export function rowOf({ submission, fingerprint, state }: SubmissionRecord): Omit<Tables['submissions'], 'run'> {
  const verdict = currentVerdict(state);
  return {
    id: state.id,
    code: state.code ?? null,
    revision: state.revision,
    created_at: state.createdAt,
    track: submission.track,
    stage: stageOf(state),
    stage_since: stageSince(state),
    verdict: verdict?.outcome ?? null,
    awaits: awaits(state),
    outcome: conclusionOf(state)?.kind ?? null,
    is_over: isOver(state) ? 1 : 0,
    rank: verdict?.rank ?? null,
    is_overdue: isOverdue(state) ? 1 : 0,
    public_status: JSON.stringify(publicStatus(state)),
    fingerprint,
    parties: JSON.stringify(partiesOf({ submission, state })),
    original: state.original ?? state.id,
    speaker: normalAddress(submission.speaker.email),
    // Who has said that it isn't theirs doesn't find it among their talks.
    holder: state.silenced ? '' : holderOf(submission.speaker.email),
    is_proved: state.proved ? 1 : 0,
    submission: JSON.stringify(submission),
    state: JSON.stringify(state),
  };
}
