import { publicStatus } from '../../contract/public-status.ts';
import { awaits, panelAtWork, partiesOf, type SubmissionRecord, verdictOf } from '../../contract/record.ts';
import { normalAddress } from '../../contract/text/normal-address.ts';
import type { Tables } from '../tables.ts';

export function rowOf({
  submission,
  fingerprint,
  state,
}: SubmissionRecord): Omit<Tables['submissions'], 'change' | 'run'> {
  return {
    id: state.id,
    revision: state.revision,
    created_at: state.createdAt,
    track: submission.track,
    stage: state.stage,
    verdict: verdictOf(state)?.outcome ?? null,
    awaits: awaits(state),
    outcome: state.conclusion?.kind ?? null,
    is_over: state.isOver ? 1 : 0,
    rank: verdictOf(state)?.rank ?? null,
    is_overdue: panelAtWork(state)?.isEscalated ? 1 : 0,
    public_status: JSON.stringify(publicStatus(state)),
    fingerprint,
    parties: JSON.stringify(partiesOf({ submission, state })),
    original: state.original ?? state.id,
    speaker: normalAddress(submission.speaker.email),
    submission: JSON.stringify(submission),
    state: JSON.stringify(state),
  };
}
