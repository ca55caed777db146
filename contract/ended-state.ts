import { later } from './later.ts';
import type { Release } from './mail/releases.ts';
import type { ProcessingError } from './outcomes.ts';
import type { SubmissionState } from './state.ts';

/** The state of a submission whose processing was ended from outside. What was told stays, and somebody is told the rest. */
export function endedState(state: SubmissionState, error: ProcessingError, at: string): SubmissionState {
  if (state.isOver) return state;
  const { attendance, ...rest } = state;
  const ended = { ...rest, isOver: true as const, revision: state.revision + 1 };
  const lastUpdatedAt = later(at, state.lastUpdatedAt);
  if (state.conclusion === undefined) {
    const releases = withReleases(state, at, 'not-processed', 'failed');
    return { ...ended, conclusion: { kind: 'failed', error }, lastUpdatedAt, releases };
  }
  if (attendance?.answer !== 'awaited') return { ...ended, ...(attendance && { attendance }) };
  // Nobody can answer any more. The acceptance stands, and organisers ask the speaker.
  return { ...ended, lastUpdatedAt, releases: withReleases(state, at, 'unanswerable') };
}

function withReleases({ releases = [] }: SubmissionState, at: string, ...names: Release['name'][]): Release[] {
  const numberOf = (name: Release['name']) => releases.filter((one) => one.name === name).length + 1;
  return [...releases, ...names.map((name) => ({ name, number: numberOf(name), at }))];
}
