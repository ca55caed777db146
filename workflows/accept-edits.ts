import { setHandler, TemporalFailure } from '@temporalio/workflow';
import { rulesOfStage } from '../contract/call/rules-of-stage.ts';
import { changedFields, withAddressOf } from '../contract/changed-fields.ts';
import { type Edit, edit } from '../contract/lifecycle/edit.ts';
import { refuse } from '../contract/lifecycle/refusal.ts';
import type { Judgement } from '../contract/lifecycle/steps.ts';
import { omitUndefined } from '../contract/omit-undefined.ts';
import { proposalOf } from '../contract/proposal.ts';
import type { Submission } from '../contract/submission.ts';
import { type EditCommand, type Edited, editUpdate } from '../contract/workflow/commands.ts';
import { judgeAtOnce } from './activity-proxies.ts';
import { assertNotBehind, meetingOf, orFailure, untilTold } from './meet-command.ts';
import type { OpenSubmission } from './open-submission.ts';

/** Lets the speaker edit the text, which the moderation judges before it counts. */
export function acceptEdits(open: OpenSubmission): void {
  const check = (command: EditCommand, judgement?: Judgement, now?: string): Edit => {
    const made = editOf(command, open, judgement);
    orFailure(() => {
      edit.check(meetingOf(open, now), made);
      if (made.changed.length > 0 && open.texts.isFull)
        refuse('temporarily-unavailable', 'The texts before are not on record yet');
    });
    return made;
  };

  const handler = async (command: EditCommand): Promise<Edited> => {
    open.clock.read();
    const { changed } = check(command);
    const judgement = changed.length === 0 ? undefined : await judged(command.submission, open);
    // Meanwhile others may have changed it, or an outcome may be being told.
    await untilTold(open);
    const made = check(command, judgement);
    const { change, result } = edit.apply(meetingOf(open), made);
    if (change) {
      open.edit(change, command.submission);
      open.publish();
    }
    return result;
  };

  const validator = (command: EditCommand): void => {
    assertNotBehind(open);
    check(command, undefined, open.clock.glance());
  };
  setHandler(editUpdate, handler, { description: edit.description, validator });
}

/** What the command changes in the text that stands. */
function editOf({ submission, ...command }: EditCommand, { texts }: OpenSubmission, judgement?: Judgement): Edit {
  const { current } = texts;
  const kept = new Set(submission.coSpeakers?.map(({ email }) => email));
  const removed = (current.coSpeakers ?? []).flatMap(({ email }) => (kept.has(email) ? [] : [email]));
  return omitUndefined({
    ...command,
    changed: changedFields(current, withAddressOf(submission, current)),
    removed,
    coSpeakers: submission.coSpeakers,
    judgement,
  });
}

async function judged(submission: Submission, { rules, clock }: OpenSubmission): Promise<Judgement | undefined> {
  if (rules.stages.every(({ stage }) => stage !== 'moderation')) return undefined;
  const judges = judgeAtOnce('edit: length, links, language, words');
  const when = { now: clock.now(), timeZone: rules.timeZone };
  try {
    return await judges.moderate(proposalOf(submission), rulesOfStage(rules, 'moderation'), when);
  } catch (error) {
    if (!(error instanceof TemporalFailure)) throw error;
    return orFailure(() => refuse('temporarily-unavailable', 'The text could not be judged'));
  }
}
