import { CancellationScope, condition, isCancellation, TemporalFailure } from '@temporalio/workflow';
import { rulesOfStage } from '../contract/call/rules-of-stage.ts';
import type { Judgement } from '../contract/lifecycle/steps.ts';
import { omitUndefined } from '../contract/omit-undefined.ts';
import { proposalOf } from '../contract/proposal.ts';
import type { Stage } from '../contract/stages.ts';
import type { SubmissionState } from '../contract/state.ts';
import type { Submission } from '../contract/submission.ts';
import { judgeAtOnce, judgeInTheEnd } from './activity-proxies.ts';
import type { OpenSubmission } from './open-submission.ts';

type Judges = ReturnType<typeof judgeAtOnce> | ReturnType<typeof judgeInTheEnd>;

/** @returns the judgement; `late` if people were quicker, or the text is another one; the failure if the service gave up */
export async function judge(
  stage: Stage,
  open: OpenSubmission,
): Promise<{ judgement: Judgement } | { isLate: true } | { failure: TemporalFailure }> {
  const { state } = open;
  const submission = open.texts.current;
  const isCurrent = () => open.state.course === state.course && open.texts.current === submission;
  const summary = `${stage}: ${summaries[stage]}`;
  try {
    const judgement = await run(judgeAtOnce(summary));
    return isCurrent() ? { judgement } : { isLate: true };
  } catch (error) {
    if (!(error instanceof TemporalFailure)) throw error;
  }
  open.publish();
  const scope = new CancellationScope();
  try {
    const judged = scope
      .run(() => run(judgeInTheEnd(summary)))
      .finally(() => {
        // A cancellation is no event.
        if (isCurrent()) open.clock.read();
      });
    await Promise.race([judged.then(() => undefined), condition(() => !isCurrent())]);
    return isCurrent() ? { judgement: await judged } : { isLate: true };
  } catch (error) {
    if (!(error instanceof TemporalFailure) || isCancellation(error)) throw error;
    return { failure: error };
  } finally {
    scope.cancel();
  }

  function run(judges: Judges): Promise<Judgement> {
    return evaluate[stage](judges, submission, state, open);
  }
}

const summaries = {
  moderation: 'length, links, language, words',
  shortlisting: "rating by the call's criteria",
  selection: "score against the call's bar",
} satisfies Record<Stage, string>;

type Evaluate = (
  judges: Judges,
  submission: Submission,
  state: SubmissionState,
  open: Pick<OpenSubmission, 'rules' | 'clock'>,
) => Promise<Judgement>;

/** Each is handed what it judges, and its rules. */
const evaluate = {
  moderation: (judges, submission, _, { rules, clock }) =>
    judges.moderate(proposalOf(submission), rulesOfStage(rules, 'moderation'), {
      now: clock.now(),
      timeZone: rules.timeZone,
    }),
  shortlisting: (judges, submission, _, { rules }) =>
    judges.shortlist(proposalOf(submission), rules.criteria, rulesOfStage(rules, 'shortlisting')),
  selection: (judges, submission, state, { rules }) => {
    const { panelScore, automaticScore } = state.verdicts.find(({ stage }) => stage === 'shortlisting') ?? {};
    const scores = omitUndefined({ panelScore, automaticScore });
    return judges.select(proposalOf(submission), scores, rules.criteria, rulesOfStage(rules, 'selection'));
  },
} satisfies Record<Stage, Evaluate>;
