import type { ProposalDocument } from '../../../contract/http/proposal.ts';
import type { SubmissionState } from '../../../contract/state.ts';
import { TemporalUnavailableError } from '../../../temporal/bounded-calls.ts';
import { answerDeadline } from '../../http/answer-deadline.ts';
import { Refusal, refuse } from '../../http/refusal.ts';
import { createProposals, type ProposalDependencies } from '../../people/proposals.ts';
import type { Holder } from './holder.ts';

/** The talk as the API shows it to its holder, and where it stands. */
export type Talk = { holder: Holder; proposal: ProposalDocument; state: SubmissionState };

/** `ended`: its holder has ended the token. `unreadable`: neither the record nor the workflow can be read now. */
export type ReadTalk = (holder: Holder) => Promise<Talk | 'ended' | 'unreadable'>;

export function createReadTalk(dependencies: ProposalDependencies): ReadTalk {
  const proposals = createProposals(dependencies);
  return async (holder) => {
    const { id, generation } = holder;
    try {
      const standing = await proposals.read({ id, generation, deadline: answerDeadline(), refuse });
      return { holder, proposal: proposals.documentOf(standing), state: standing.state };
    } catch (error) {
      if (error instanceof Refusal && error.code === 'unauthorized') return 'ended';
      if (error instanceof TemporalUnavailableError) return 'unreadable';
      throw error;
    }
  };
}
