import { ApplicationFailure, setHandler } from '@temporalio/workflow';
import type { CallRules } from '../contract/call/rules.ts';
import { meanRatings, panelNumbers, scoredReviews } from '../contract/committee/scores.ts';
import { omitUndefined } from '../contract/omit-undefined.ts';
import { afterVerdict, decisionOf, verdictOf } from '../contract/record.ts';
import { stages } from '../contract/stages.ts';
import type { StageVerdict, SubmissionState, Verdict } from '../contract/state.ts';
import {
  type AnnounceCommand,
  announceUpdate,
  closeUpdate,
  type DecideCommand,
  decideUpdate,
  type PromoteCommand,
  promoteUpdate,
} from '../contract/workflow/commands.ts';
import { alreadyConcluded, notDecided } from '../contract/workflow/errors.ts';
import { isSameDecision } from '../contract/workflow/same-decision.ts';
import { assertNotTooMany, assertUnchanged, refuse, withCommand } from './commands.ts';
import type { OpenRecord } from './record.ts';
import { assertImpartial, openPanel } from './reviews.ts';

/** Lets organisers decide, change the decision until it is announced, and announce it. */
export function acceptDecisions(record: OpenRecord, rules: CallRules): void {
  setHandler(
    decideUpdate,
    (command) => {
      const { state } = record;
      const standing = verdictOf(state);
      if (standing && isSameDecision(standing, command)) return standing;
      const verdict = decided(command, state, rules);
      record.transition({
        ...afterVerdict(state, verdict),
        commands: withCommand(state, {
          by: command.by,
          command: 'decide',
          reason: command.reason,
          detail: describe(command),
        }),
      });
      return verdict;
    },
    {
      description: 'An organiser decides',
      validator: (command) => assertMayDecide(command, record.state, rules),
    },
  );

  setHandler(
    announceUpdate,
    ({ by, reason }) => {
      const { state } = record;
      if (state.conclusion || state.isReleased) return false;
      record.transition({ isReleased: true, commands: withCommand(state, { by, command: 'announce', reason }) });
      return true;
    },
    {
      description: 'An organiser announces the decision',
      validator: (_: AnnounceCommand) => {
        const { state } = record;
        if (!state.conclusion && !state.isReleased && decisionOf(state) === undefined)
          refuse(notDecided, 'Nothing is decided yet');
      },
    },
  );

  setHandler(
    promoteUpdate,
    (_promoted: PromoteCommand) => {
      const { state } = record;
      const standing = verdictOf(state);
      if (state.conclusion || standing?.outcome !== 'waitlisted') return false;
      const { rank: _, by: __, reason: ___, ...kept } = standing;
      // Not all who see this submission may see the one that gave its slot back.
      const reasons = [{ code: 'slot-came-free', detail: 'Another speaker gave a slot back.' }];
      const verdict = { ...kept, outcome: 'passed' as const, reasons, ...now(state) };
      record.transition({
        ...afterVerdict(state, verdict),
        commands: withCommand(state, { by: 'waiting list', command: 'promote' }),
      });
      return true;
    },
    { description: 'A slot has come free for it' },
  );

  setHandler(
    closeUpdate,
    ({ by, reason }) => {
      const { state } = record;
      if (state.isOver || state.closing) return;
      record.transition({
        closing: rules.whenClosed,
        isReleased: true,
        commands: withCommand(state, { by, command: 'close', reason, detail: rules.whenClosed }),
      });
    },
    { description: 'The call is closed' },
  );
}

function assertMayDecide(command: DecideCommand, state: SubmissionState, rules: CallRules): void {
  assertImpartial(state, command.by);
  const isAnnounced = state.conclusion !== undefined || (state.isReleased === true && !state.isOnWaitlist);
  if (isAnnounced) throw ApplicationFailure.nonRetryable('The answer is announced', alreadyConcluded);
  const { stage, outcome, replaces } = command;
  const standing = verdictOf(state);
  if (standing && isSameDecision(standing, command)) return;
  assertNotTooMany(state);
  if (state.stage !== stage || (standing === undefined && replaces !== undefined))
    refuse('already-decided', 'It is at another stage', {
      stage: state.stage,
      ...(standing && view(standing)),
    });
  if (standing && replaces !== standing.number) refuse('already-decided', 'It is decided', view(standing));
  if (standing === undefined) openPanel(state);
  if (outcome === 'waitlisted' && stage !== stages.at(-1))
    refuse('no-waiting-list-here', 'Only the last stage has a waiting list');
  // The speaker knows of the waiting list: from there, only a promotion is possible.
  if (state.isOnWaitlist && outcome !== 'passed')
    refuse('already-decided', 'It is on the waiting list', standing ? view(standing) : {});
  assertQuorum(command, state, rules);
  assertUnchanged(state, command);
}

function assertQuorum({ stage, override }: DecideCommand, { reviews = [] }: SubmissionState, rules: CallRules): void {
  const { policy } = rules.stages[stage];
  if (policy.kind !== 'panel' || override) return;
  const count = scoredReviews(reviews, stage).length;
  if (count < policy.quorum)
    refuse('quorum-not-reached', `${count} of ${policy.quorum} reviews are in`, {
      quorum: policy.quorum,
      reviews: count,
    });
}

function decided(command: DecideCommand, state: SubmissionState, { criteria }: CallRules): StageVerdict {
  const { by, stage, outcome, reason, override, rank } = command;
  return {
    ...verdictOfPanel(state, stage, criteria),
    outcome,
    stage,
    by,
    ...omitUndefined({ reason, override, rank, findings: verdictOf(state)?.findings }),
    ...now(state),
  };
}

function verdictOfPanel(
  { reviews = [] }: SubmissionState,
  stage: StageVerdict['stage'],
  criteria: CallRules['criteria'],
): Omit<Verdict, 'outcome'> {
  const counted = scoredReviews(reviews, stage);
  const ratings = meanRatings(counted, criteria);
  const reasons = [{ code: 'decided', detail: `Decided by an organiser, with ${counted.length} reviews.` }];
  const { mean: panelScore } = panelNumbers(reviews, stage);
  return omitUndefined({ reasons, ratings: ratings.length > 0 ? ratings : undefined, panelScore });
}

function now({ revision }: SubmissionState): Pick<StageVerdict, 'decidedAt' | 'number'> {
  return { decidedAt: new Date().toISOString(), number: revision + 1 };
}

/** For the organiser whose decision is refused (contract H23). */
function view({ stage, outcome, by, number, decidedAt }: StageVerdict) {
  return { decision: omitUndefined({ stage, outcome, number, decidedAt, by }) };
}

function describe({ stage, outcome, override, replaces }: DecideCommand): string {
  const how = [override ? ', without the quorum' : '', replaces === undefined ? '' : `, in place of ${replaces}`];
  return `${stage}: ${outcome}${how.join('')}`;
}
