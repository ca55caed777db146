import { afterVerdict } from '../contract/record.ts';
import type { StageVerdict, SubmissionState } from '../contract/state.ts';
import { withReleases } from './commands.ts';

type Change = Pick<SubmissionState, 'stage' | 'verdicts' | 'releases'>;

/** Applies an automatic verdict, and refers its findings to the organisers where the call says so. */
export function afterEvaluation(state: SubmissionState, verdict: StageVerdict): Change {
  const isReferred = verdict.findings?.some(({ consequence }) => consequence === 'refer');
  const releases = isReferred && verdict.outcome !== 'rejected' ? { releases: withReleases(state, 'referred') } : {};
  return { ...afterVerdict(state, verdict), ...releases };
}
