import type { UpdateDefinition } from '@temporalio/common';
import { ApplicationFailure, CancellationScope, condition, setHandler } from '@temporalio/workflow';
import { announce, close, promote } from '../contract/lifecycle/announce.ts';
import { settleLetter } from '../contract/lifecycle/answer-letters.ts';
import { cancel } from '../contract/lifecycle/cancel.ts';
import { answerAsCoSpeaker } from '../contract/lifecycle/co-speakers.ts';
import type { CommandRule, MeetingText } from '../contract/lifecycle/command.ts';
import { correctAddress } from '../contract/lifecycle/correct-address.ts';
import { decide } from '../contract/lifecycle/decide.ts';
import { declareConflict } from '../contract/lifecycle/declare-conflict.ts';
import { prove } from '../contract/lifecycle/prove.ts';
import { Refusal } from '../contract/lifecycle/refusal.ts';
import { reschedule } from '../contract/lifecycle/reschedule.ts';
import { review } from '../contract/lifecycle/review.ts';
import { setProcessing } from '../contract/lifecycle/set-processing.ts';
import { answer, setReminders, withdraw } from '../contract/lifecycle/speaker.ts';
import { endTokens, undoAddress } from '../contract/lifecycle/tokens.ts';
import {
  announceUpdate,
  attendanceUpdate,
  cancelUpdate,
  closeUpdate,
  conflictUpdate,
  correctAddressUpdate,
  coSpeakerUpdate,
  decideUpdate,
  endTokensUpdate,
  processingUpdate,
  promoteUpdate,
  proveUpdate,
  remindersUpdate,
  rescheduleUpdate,
  reviewUpdate,
  settleLetterUpdate,
  undeliveredSignal,
  undoAddressUpdate,
  withdrawUpdate,
} from '../contract/workflow/commands.ts';
import { mayBeBehind } from '../contract/workflow/errors.ts';
import { now, type OpenSubmission } from './open-submission.ts';

/** Lets people change the submission. A refused command leaves no trace in the history. */
export function acceptCommands(open: OpenSubmission): void {
  accept(reviewUpdate, review);
  accept(conflictUpdate, declareConflict);
  accept(decideUpdate, decide);
  accept(rescheduleUpdate, reschedule);
  accept(processingUpdate, setProcessing);
  accept(announceUpdate, announce);
  accept(promoteUpdate, promote);
  accept(closeUpdate, close);
  accept(attendanceUpdate, answer);
  accept(cancelUpdate, cancel);
  accept(withdrawUpdate, withdraw);
  accept(correctAddressUpdate, correctAddress);
  accept(settleLetterUpdate, settleLetter);
  accept(proveUpdate, prove);
  accept(coSpeakerUpdate, answerAsCoSpeaker);
  accept(undoAddressUpdate, undoAddress);
  accept(endTokensUpdate, endTokens);
  accept(remindersUpdate, setReminders);
  setHandler(undeliveredSignal, open.hold, { description: 'A letter to an accepted speaker did not arrive' });

  function accept<Command, Result>(
    update: UpdateDefinition<Result, [Command]>,
    rule: CommandRule<Command, Result, MeetingText>,
  ): void {
    const meeting = (): MeetingText => ({
      state: open.state,
      submission: open.submission,
      rules: open.rules,
      now: now(),
    });
    const check = (command: Command) => {
      try {
        rule.check(meeting(), command);
      } catch (error) {
        throw asFailure(error);
      }
    };
    const handler = async (command: Command): Promise<Result> => {
      // An outcome is being recorded: whoever comes now comes after it, whether or not it was told before a failure.
      while (open.isTelling && rule.waitsForOutcome) {
        await CancellationScope.nonCancellable(() => condition(() => !open.isTelling));
        check(command);
      }
      const { change, result } = rule.apply(meeting(), command);
      if (change) {
        open.change(change);
        open.publish();
      }
      return result;
    };
    const validator = (command: Command): void => {
      // Validators don't run in a replay, so this may ask which run it is.
      if (open.mayBeBehind)
        throw ApplicationFailure.nonRetryable('The workflow was reset, and has not read its record yet', mayBeBehind);
      check(command);
    };
    setHandler(update, handler, { description: rule.description, validator });
  }
}

function asFailure(error: unknown): unknown {
  if (!(error instanceof Refusal)) return error;
  return ApplicationFailure.nonRetryable(error.message, error.code, error.details);
}
