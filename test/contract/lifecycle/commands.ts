import type { Answer } from '../../../contract/attendance.ts';
import type { EditableField } from '../../../contract/call/editable-fields.ts';
import { announce, close, promote } from '../../../contract/lifecycle/announce.ts';
import { acceptanceIn, settleLetter } from '../../../contract/lifecycle/answer-letters.ts';
import { answerAsCoSpeaker } from '../../../contract/lifecycle/co-speakers.ts';
import type { Applied, CommandRule, Meeting, MeetingText } from '../../../contract/lifecycle/command.ts';
import { correctAddress } from '../../../contract/lifecycle/correct-address.ts';
import { decide } from '../../../contract/lifecycle/decide.ts';
import { declareConflict } from '../../../contract/lifecycle/declare-conflict.ts';
import { type Edit, edit } from '../../../contract/lifecycle/edit.ts';
import { prove } from '../../../contract/lifecycle/prove.ts';
import { reschedule } from '../../../contract/lifecycle/reschedule.ts';
import { review } from '../../../contract/lifecycle/review.ts';
import { setProcessing } from '../../../contract/lifecycle/set-processing.ts';
import { answer, setReminders, withdraw } from '../../../contract/lifecycle/speaker.ts';
import { endTokens, undoAddress } from '../../../contract/lifecycle/tokens.ts';
import { keyOf } from '../../../contract/mail/releases.ts';
import { omitUndefined } from '../../../contract/omit-undefined.ts';
import { addressOf, currentVerdict, editionOf, generationOf, stageOf } from '../../../contract/record.ts';
import type { Stage } from '../../../contract/stages.ts';
import type { StageVerdict, SubmissionState } from '../../../contract/state.ts';
import type { SubmissionId } from '../../../contract/submission-id.ts';
import { aSubmission } from '../../support/fixtures.ts';
import { judgementOf, type SomeJudgement } from './judgements.ts';

/** The revision that a person has seen. */
type Seen = { onlyIf?: 'current' | 'earlier' | undefined };

type Maybe<Value> = Value | undefined;

export type SomeCommand =
  | ({
      command: 'decide';
      by: string;
      stage: Stage | 'current';
      outcome: StageVerdict['outcome'];
      replaces?: Maybe<'standing'>;
      override?: Maybe<true>;
      rank?: Maybe<number>;
    } & Seen)
  | ({
      command: 'review';
      by: string;
      scores?: Maybe<Record<string, number>>;
      abstains?: Maybe<true>;
      note?: Maybe<string>;
      seesAll?: Maybe<true>;
    } & Seen)
  | ({ command: 'declareConflict'; by: string; person?: Maybe<string> } & Seen)
  /** `after`: milliseconds from now. */
  | ({ command: 'reschedule'; by: string; after: number } & Seen)
  | ({ command: 'setProcessing'; by: string; processing: 'restart' | 'end' } & Seen)
  | { command: 'promote'; freedBy: SubmissionId }
  | { command: 'announce'; by: string }
  | { command: 'close'; by: string }
  | { command: 'settleLetter'; as: 'resend' | 'delivered' | 'abandoned' }
  | ({ command: 'correctAddress'; by: string; email: string } & Seen)
  | { command: 'prove'; address: 'current' | 'pending'; answer: 'mine' | 'not-mine' }
  | { command: 'answerAsCoSpeaker'; number: number; answer: 'accepted' | 'declined' }
  | { command: 'undoAddress'; address: 'current' | 'former' }
  | { command: 'endTokens' }
  | { command: 'setReminders'; reminders: 'on' | 'off' }
  /** `found`: by the moderation, in the new text. */
  | ({ command: 'edit'; field: EditableField; found: Exclude<SomeJudgement, 'fails' | 'waitlisted'> } & Seen)
  | ({ command: 'withdraw' } & Seen)
  | ({ command: 'answer'; answer: Answer } & Seen);

/** A command with its rule. */
export type Given = {
  name: string;
  waitsForOutcome: boolean;
  /** Whose slot it offers. */
  slot?: SubmissionId;
  check(meeting: Meeting): void;
  apply(meeting: Meeting): Applied<unknown>;
};

/** Says it as the gateway does, for somebody who sees the submission as it is now. */
export function givenBy(some: SomeCommand, { state, now }: Meeting): Given {
  const generation = generationOf(state) || undefined;
  switch (some.command) {
    case 'decide': {
      const { stage, outcome, override, rank } = some;
      const standing = some.replaces && currentVerdict(state)?.number;
      const now = stageOf(state);
      const current = now === 'received' ? 'moderation' : now;
      const rest = omitUndefined({ replaces: standing, override, rank, onlyIf: seen(some) });
      return given(some.command, decide, {
        by: some.by,
        outcome,
        stage: stage === 'current' ? current : stage,
        ...rest,
      });
    }
    case 'review': {
      const { by, scores, abstains, note, seesAll } = some;
      return given(some.command, review, omitUndefined({ by, scores, abstains, note, seesAll, onlyIf: seen(some) }));
    }
    case 'declareConflict': {
      const { by, person } = some;
      return given(some.command, declareConflict, omitUndefined({ by, person, onlyIf: seen(some) }));
    }
    case 'reschedule': {
      const due = new Date(Date.parse(now) + some.after).toISOString();
      return given(some.command, reschedule, omitUndefined({ by: some.by, due, onlyIf: seen(some) }));
    }
    case 'setProcessing': {
      const { by, processing } = some;
      return given(some.command, setProcessing, omitUndefined({ by, processing, onlyIf: seen(some) }));
    }
    case 'promote':
      return { ...given(some.command, promote, { freedBy: some.freedBy }), slot: some.freedBy };
    case 'announce':
      return given(some.command, announce, { by: some.by });
    case 'close':
      return given(some.command, close, { by: some.by });
    case 'settleLetter':
      return given(some.command, settleLetter, { letter: letterIn(state), as: some.as });
    case 'correctAddress': {
      const { by, email } = some;
      const more = { from: 'ada@example.org', reason: 'A typing error.' };
      return given(some.command, correctAddress, omitUndefined({ by, email, ...more, onlyIf: seen(some) }));
    }
    case 'prove': {
      const address = (some.address === 'pending' ? state.pendingAddress?.number : undefined) ?? addressOf(state);
      return given(some.command, prove, { address, answer: some.answer });
    }
    case 'answerAsCoSpeaker':
      return given(some.command, answerAsCoSpeaker, { number: some.number, answer: some.answer });
    case 'undoAddress': {
      const address = (some.address === 'former' ? state.undos?.at(-1)?.address : undefined) ?? addressOf(state);
      return given(some.command, undoAddress, { address });
    }
    case 'endTokens':
      return given(some.command, endTokens, omitUndefined({ generation }));
    case 'setReminders':
      return given(some.command, setReminders, omitUndefined({ reminders: some.reminders, generation }));
    case 'edit':
      return editBy(some, { state, now });
    case 'withdraw':
      return given(some.command, withdraw, omitUndefined({ onlyIf: seen(some), generation }));
    case 'answer':
      return given(some.command, answer, omitUndefined({ answer: some.answer, onlyIf: seen(some), generation }));
    default:
      return some satisfies never;
  }

  function editBy(
    { field, found, onlyIf }: Extract<SomeCommand, { command: 'edit' }>,
    { now }: Pick<Meeting, 'state' | 'now'>,
  ): Given {
    const changed = [field];
    const judgement = state.stages.includes('moderation') ? judgementOf(found, false, Date.parse(now)) : undefined;
    const edition = onlyIf && editionOf(state) - (onlyIf === 'current' ? 0 : 1);
    // Once it is made, the same text changes nothing.
    const as = (meeting: Meeting): Edit => {
      const isMade = meeting.state.edits?.at(-1)?.fields === changed;
      return omitUndefined({ changed: isMade ? [] : changed, judgement, generation, onlyIf: edition });
    };
    return {
      name: 'edit',
      waitsForOutcome: true,
      check: (meeting) => edit.check({ submission, ...meeting }, as(meeting)),
      apply: (meeting) => edit.apply({ submission, ...meeting }, as(meeting)),
    };
  }

  function seen({ onlyIf }: Seen): number | undefined {
    if (onlyIf === undefined) return undefined;
    return onlyIf === 'current' ? state.revision : state.revision - 1;
  }
}

/** The last one that asked for an answer. */
export function letterIn(state: SubmissionState): string {
  const letter = acceptanceIn(state);
  return letter === undefined ? 'accepted' : keyOf(letter);
}

/** With two co-speakers, whom a proof invites. */
const submission = aSubmission({
  coSpeakers: [
    { name: 'Jun', email: 'jun@example.net' },
    { name: 'Kim', email: 'kim@example.net' },
  ],
});

function given<Command, Result>(
  name: string,
  rule: CommandRule<Command, Result, MeetingText>,
  command: Command,
): Given {
  return {
    name,
    waitsForOutcome: rule.waitsForOutcome === true,
    check: (meeting) => rule.check({ submission, ...meeting }, command),
    apply: (meeting) => rule.apply({ submission, ...meeting }, command),
  };
}
