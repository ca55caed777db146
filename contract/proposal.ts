import type { Proposal, Submission } from './submission.ts';

/** The submission without the people behind it: activities are given no more than they judge. */
export function proposalOf({ speaker, coSpeakers, consents, ...rest }: Submission): Proposal {
  return { ...rest, bio: speaker.bio };
}
