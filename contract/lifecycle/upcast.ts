/**
 * Gives what an earlier version has written the shape of this one: the input of running workflows, and states that were
 * carried over, recorded, or answered by a worker of another version. Each new field gets its default here.
 */
import type { CallRules } from '../call/rules.ts';
import { type SubmissionState, stateVersion } from '../state.ts';
import type { Submission } from '../submission.ts';
import { inputVersion, type SubmissionInput } from '../workflow/submission-input.ts';

/** What rules mean that lack the field. */
const rulesBefore = {
  timeZone: 'UTC',
  whenClosed: 'reject',
  disclosure: 'progress',
  editsAfterAcceptance: [],
} as const satisfies Partial<CallRules>;

type Missing<Shape, Field extends keyof Shape> = Omit<Shape, Field> & Partial<Pick<Shape, Field>>;

export type EarlierRules = Missing<CallRules, keyof typeof rulesBefore>;

export type EarlierInput = Omit<Missing<SubmissionInput, 'version'>, 'rules' | 'carried'> & {
  rules: EarlierRules;
  carried?: { state: EarlierState; known: number; run?: string; submission?: Submission };
};

export type EarlierState = Missing<SubmissionState, 'version'>;

export function upcastInput({ carried, rules, ...input }: EarlierInput): SubmissionInput {
  return {
    ...input,
    version: inputVersion,
    rules: { ...rulesBefore, ...rules },
    ...(carried && { carried: { ...carried, state: upcastState(carried.state) } }),
  };
}

export function upcastState(state: EarlierState): SubmissionState {
  return { ...state, version: stateVersion };
}
