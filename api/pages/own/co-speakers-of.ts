import type { ProposalDocument } from '../../../contract/http/proposal.ts';

/** The co-speakers whom the text names, each with what has come of the invitation. */
export function coSpeakersOf({ coSpeakers = [], about }: ProposalDocument) {
  return coSpeakers.map((one) => {
    const answer = about.coSpeakers.find(({ email }) => email === one.email)?.answer ?? ('not-invited' as const);
    return { ...one, answer };
  });
}
