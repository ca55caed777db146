import { afterVerdict } from '../contract/record.ts';
import type { StageVerdict, SubmissionState } from '../contract/state.ts';
import { released } from './commands.ts';

type Change = Pick<SubmissionState, 'stage' | 'verdicts' | 'releases'>;

/** What a verdict of the service changes. The organisers are told of findings that the call refers to them, unless it is rejected. */
export function afterJudging(state: SubmissionState, verdict: StageVerdict): Change {
  const isReferred = verdict.findings?.some(({ consequence }) => consequence === 'refer');
  const isToBeTold = isReferred && verdict.outcome !== 'rejected';
  return { ...afterVerdict(state, verdict), ...(isToBeTold ? { releases: released(state, 'referred') } : {}) };
}
