import type { Proposal, Submission } from './submission.ts';

/** The submission without the speakers: activities get no more than they evaluate. */
export function proposalOf({ speaker, coSpeakers, consents, ...rest }: Submission): Proposal {
  return { ...rest, bio: speaker.bio };
}
