import { addressOf, generationOf, withAddress } from '../../contract/record.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Database } from '../database.ts';
import { parsed } from '../parsed.ts';

/** `address`: the number of its current one; `email`: as it was given. `generation`: of the speaker's token. */
export type HeldTalk = {
  id: SubmissionId;
  title: string;
  email: string;
  isProved: boolean;
  address: number;
  generation: number;
};

/** The talks of an address (contract H39). */
export function createTalks(db: Database) {
  return {
    /** The proved ones first, so that nobody hides them by adding others; of each, the newest first. @param holder see `holderOf` */
    async heldBy(holder: string, most: number): Promise<HeldTalk[]> {
      const rows = await db
        .selectFrom('submissions')
        .select(['id', 'submission', 'state', 'is_proved'])
        .where('holder', '=', holder)
        .orderBy('is_proved', 'desc')
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .limit(most)
        .execute();
      return rows.map(({ id, is_proved, ...row }) => {
        const { submission, state } = parsed(row);
        const { title, speaker } = withAddress(submission, state);
        const tokens = { address: addressOf(state), generation: generationOf(state) };
        return { id, title, email: speaker.email, isProved: is_proved === 1, ...tokens };
      });
    },
  };
}
