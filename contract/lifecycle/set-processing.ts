import type { CallRules } from '../call/rules.ts';
import { rulesOfStage } from '../call/rules-of-stage.ts';
import { workOf } from '../record.ts';
import type { SubmissionState, Work } from '../state.ts';
import type { ProcessingCommand } from '../workflow/commands.ts';
import { withCommand } from './change.ts';
import { assertImpartial, assertNotTooMany, assertUnchanged, type CommandRule } from './command.ts';
import { refuse } from './refusal.ts';

/** Starts a stage again that the service gave up on, or ends the submission: then its speaker is told. */
export const setProcessing: CommandRule<ProcessingCommand, void> = {
  description: 'An organiser starts again what the service gave up on, or ends it',
  waitsForOutcome: true,

  check({ state }, command) {
    assertImpartial(state, command.by);
    const work = workOf(state);
    if (work?.kind !== 'stuck') return refuse('not-stuck', 'The service has not given up on it');
    if (work.isEnded && command.processing === 'end') return;
    if (work.isEnded) refuse('not-stuck', 'It is being ended');
    if (command.processing === 'restart') assertNotTooMany(state, command.by);
    assertUnchanged(state, command);
  },

  apply({ state, rules, now }, { by, processing, reason }) {
    const { course } = state;
    if (course.at !== 'stage' || course.work.kind !== 'stuck' || course.work.isEnded) return { result: undefined };
    const work: Work = processing === 'end' ? { kind: 'stuck', isEnded: true } : begunAgain(state, rules, now);
    const line = withCommand(state, { by, command: processing, reason, detail: course.stage }, now);
    return { change: { course: { ...course, work }, ...line }, result: undefined };
  },
};

/** A panel isn't asked again: it had its time. */
export function begunAgain({ course }: SubmissionState, rules: CallRules, now: string): Work {
  const isPanel = course.at === 'stage' && rulesOfStage(rules, course.stage).policy.kind === 'panel';
  return isPanel ? { kind: 'panel', due: now, reminders: [] } : { kind: 'begun' };
}
