import type { ProposalDocument } from '../../../contract/http/proposal.ts';
import type { SubmissionState } from '../../../contract/state.ts';
import { TemporalUnavailableError } from '../../../temporal/bounded-calls.ts';
import { answerDeadline } from '../../http/answer-deadline.ts';
import { Refusal, refuse } from '../../http/refusal.ts';
import { createProposals, type ProposalDependencies } from '../../people/proposals.ts';
import type { Holder } from './holder.ts';

/** The talk as the API shows it to its holder, and where it stands. */
export type Talk = { holder: Holder; proposal: ProposalDocument; state: SubmissionState };

/** @throws Refusal 401 for a token that has ended @throws TemporalUnavailableError if neither record nor workflow can be read */
export function createReadTalk(dependencies: ProposalDependencies) {
  const proposals = createProposals(dependencies);
  return async (holder: Holder): Promise<Talk> => {
    const { id, generation } = holder;
    const standing = await proposals.read({ id, generation, deadline: answerDeadline(), refuse });
    return { holder, proposal: proposals.documentOf(standing), state: standing.state };
  };
}

/** For a page that others see, too. */
export function createTryTalk(dependencies: ProposalDependencies) {
  const readTalk = createReadTalk(dependencies);
  return (holder: Holder): Promise<Talk | 'ended' | 'unreadable'> =>
    readTalk(holder).catch((error: unknown) => {
      if (error instanceof Refusal && error.code === 'unauthorized') return 'ended';
      if (error instanceof TemporalUnavailableError) return 'unreadable';
      throw error;
    });
}
