import type { UpdateDefinition } from '@temporalio/common';
import { setHandler } from '@temporalio/workflow';
import { announce, close, promote } from '../contract/lifecycle/announce.ts';
import { settleLetter } from '../contract/lifecycle/answer-letters.ts';
import { cancel } from '../contract/lifecycle/cancel.ts';
import { answerAsCoSpeaker } from '../contract/lifecycle/co-speakers.ts';
import type { CommandRule, MeetingText } from '../contract/lifecycle/command.ts';
import { correctAddress } from '../contract/lifecycle/correct-address.ts';
import { decide } from '../contract/lifecycle/decide.ts';
import { declareConflict } from '../contract/lifecycle/declare-conflict.ts';
import { handOver } from '../contract/lifecycle/hand-over.ts';
import { prove } from '../contract/lifecycle/prove.ts';
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
  handOverUpdate,
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
import { acceptEdits } from './accept-edits.ts';
import { assertNotBehind, meetingOf, orFailure, untilTold } from './meet-command.ts';
import type { OpenSubmission } from './open-submission.ts';

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
  accept(handOverUpdate, handOver);
  accept(undoAddressUpdate, undoAddress);
  accept(endTokensUpdate, endTokens);
  accept(remindersUpdate, setReminders);
  acceptEdits(open);
  setHandler(undeliveredSignal, hold, { description: 'A letter to an accepted speaker did not arrive' });

  function hold(letter: string): void {
    open.clock.read();
    open.hold(letter);
  }

  function accept<Command, Result>(
    update: UpdateDefinition<Result, [Command]>,
    rule: CommandRule<Command, Result, MeetingText>,
  ): void {
    const check = (command: Command, now?: string) => orFailure(() => rule.check(meetingOf(open, now), command));
    const handler = async (command: Command): Promise<Result> => {
      open.clock.read();
      if (open.isTelling && rule.waitsForOutcome) {
        await untilTold(open);
        check(command);
      }
      const { change, text, result } = rule.apply(meetingOf(open), command);
      if (change) {
        if (text) open.edit(change, text);
        else open.change(change);
        open.publish();
      }
      return result;
    };
    const validator = (command: Command): void => {
      assertNotBehind(open);
      check(command, open.clock.glance());
    };
    setHandler(update, handler, { description: rule.description, validator });
  }
}
