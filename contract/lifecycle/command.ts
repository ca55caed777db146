import type { CallRules } from '../call/rules.ts';
import type { StatusDocument } from '../http/status.ts';
import { publicStatus } from '../public-status.ts';
import type { SubmissionState } from '../state.ts';
import type { Submission } from '../submission.ts';
import type { Conditional } from '../workflow/commands.ts';
import { type Change, changed } from './change.ts';
import { refuse } from './refusal.ts';

/** What a command meets: the submission, its rules, and the time. */
export type Meeting = { state: SubmissionState; rules: CallRules; now: string };

/** With the text of the submission, for the few commands that depend on it. */
export type MeetingText = Meeting & { submission: Submission };

/** `change` is missing where the command repeats what was done; `text` where the submission has the same as before. */
export type Applied<Result> = { change?: Change; text?: Submission; result: Result };

/** A command that people give. `check` throws a `Refusal`; `apply` is called after it, at the same state. */
export type CommandRule<Command, Result, Met extends Meeting = Meeting> = {
  description: string;
  /** While an outcome is being recorded, it waits, and is checked again. */
  waitsForOutcome?: true;
  check(meeting: Met, command: Command): void;
  apply(meeting: Met, command: Command): Applied<Result>;
};

/** A change that is answered by the public status. */
export function applied(state: SubmissionState, now: string, change: Change): Applied<StatusDocument> {
  return { change, result: publicStatus(changed(state, change, now)) };
}

/** More would only fill the history: it is one person's share, so that nobody can use up that of others. */
export const mostOfOnePerson = 100;

export function assertNotTooMany({ given = {} }: SubmissionState, by: string): void {
  if ((given[by] ?? 0) >= mostOfOnePerson)
    refuse('too-many-commands', `${mostOfOnePerson} commands of one person are the most that it takes`);
}

/** The last check: other refusals are more helpful. */
export function assertUnchanged({ revision }: SubmissionState, { onlyIf }: Conditional): void {
  if (onlyIf !== undefined && onlyIf !== revision) refuse('precondition-failed', 'The submission has changed');
}

export function assertImpartial({ conflicts = [] }: SubmissionState, by: string): void {
  if (conflicts.some((conflict) => conflict.by === by))
    refuse('conflict-of-interest', 'A conflict of interest has been declared');
}
