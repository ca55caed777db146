import { later } from '../later.ts';
import type { Release } from '../mail/releases.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { publicStatus } from '../public-status.ts';
import type { Command, SubmissionState } from '../state.ts';

type Fixed =
  | 'version'
  | 'id'
  | 'revision'
  | 'createdAt'
  | 'lastUpdatedAt'
  | 'changedAt'
  | 'disclosure'
  | 'stages'
  | 'original';

export type Change = Partial<Omit<SubmissionState, Fixed>>;

/** A change that the public can't see doesn't show in `lastUpdatedAt`. */
export function changed(state: SubmissionState, change: Change, now: string): SubmissionState {
  const changedAt = later(state.changedAt ?? now, now);
  const after = { ...state, ...change, revision: state.revision + 1, changedAt };
  const isPublic = JSON.stringify(publicStatus(state)) !== JSON.stringify(publicStatus(after));
  return isPublic ? { ...after, lastUpdatedAt: later(state.lastUpdatedAt, now) } : after;
}

/** `share`: that it counts in, if not in that of who gives it. */
type Line = {
  by: string;
  share?: string;
  command: string;
  reason?: string | undefined;
  detail?: string | undefined;
};

/** Appends a line of the audit. */
export function withCommand(
  { commands = [], lastCommand = 0, given = {} }: SubmissionState,
  { by, share = by, command, reason, detail }: Line,
  now: string,
): Pick<SubmissionState, 'commands' | 'lastCommand' | 'given'> {
  const number = lastCommand + 1;
  const line: Command = omitUndefined({ number, at: now, by, command, reason, detail });
  return { commands: [...commands, line], lastCommand: number, given: { ...given, [share]: (given[share] ?? 0) + 1 } };
}

/** A letter to another address than the speaker's, or to a co-speaker. */
export type Letter = Pick<Release, 'name' | 'to' | 'coSpeaker'>;

/** Appends what messages are to be sent about. */
export function withReleases(
  { releases = [], revision }: Pick<SubmissionState, 'releases' | 'revision'>,
  now: string,
  ...named: (Release['name'] | Letter)[]
): Required<Pick<SubmissionState, 'releases'>> {
  const all = [...releases];
  for (const one of named) {
    const letter = typeof one === 'string' ? { name: one } : one;
    const number = all.filter(({ name }) => name === letter.name).length + 1;
    all.push({ ...letter, number, at: now, revision: revision + 1 });
  }
  return { releases: all };
}
