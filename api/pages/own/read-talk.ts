import { generationOf, type SubmissionRecord, stillNamed, withAddress } from '../../../contract/record.ts';
import { answerDeadline } from '../../http/answer-deadline.ts';
import { Refusal, refuse } from '../../http/refusal.ts';
import type { PageDependencies } from '../page-dependencies.ts';
import type { Holder } from './holder.ts';

export type CoSpeakerAnswer = 'not-invited' | 'invited' | 'accepted' | 'declined';

/** The talk as its holder may read it, and where it stands. */
export type Talk = Pick<SubmissionRecord, 'submission' | 'state'> & {
  holder: Holder;
  isProved: boolean;
  pendingAddress: string | undefined;
  version: number;
  reminders: 'on' | 'off';
  coSpeakers: { name: string; email: string; answer: CoSpeakerAnswer }[];
};

/** `ended`: its holder has ended the token. `unreadable`: neither the record nor the workflow can be read now. */
export type ReadTalk = (holder: Holder) => Promise<Talk | 'ended' | 'unreadable'>;

export function createReadTalk({ readHeld }: Pick<PageDependencies, 'readHeld'>): ReadTalk {
  return async (holder) => {
    const read = await readHeld(holder.id, answerDeadline(), refuse).catch((error: unknown) => {
      if (error instanceof Refusal && error.code === 'temporarily-unavailable') return undefined;
      throw error;
    });
    if (read === undefined) return 'unreadable';
    const { state } = read;
    if (generationOf(state) !== holder.generation) return 'ended';
    const submission = withAddress(read.submission, state);
    const invited = stillNamed(submission, state);
    const answerOf = (email: string): CoSpeakerAnswer => {
      const one = invited.find((other) => other.email === email);
      return one === undefined ? 'not-invited' : (one.answer ?? 'invited');
    };
    return {
      holder,
      submission,
      state,
      isProved: state.proved === true,
      pendingAddress: state.pendingAddress && state.addresses?.[state.pendingAddress.number],
      version: state.edition ?? 1,
      reminders: state.noReminders ? 'off' : 'on',
      coSpeakers: (submission.coSpeakers ?? []).map((one) => ({ ...one, answer: answerOf(one.email) })),
    };
  };
}
