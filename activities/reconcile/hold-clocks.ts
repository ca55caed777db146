import { outstandingStates } from '../../contract/mail/message.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Message } from '../../store/messages/messages.ts';
import { everything } from '../../store/sight.ts';
import type { Store } from '../../store/store.ts';
import { batchSize, pages } from '../pages.ts';
import type { Repairs } from './repairs.ts';

type Dependencies = { store: Pick<Store, 'messages'>; holdClock: (id: SubmissionId) => Promise<void> };

/** Holds the clocks of speakers whose letters did not arrive, or are held, where nobody has said so: after a restore, or a lost answer. */
export async function holdClocks({ store, holdClock }: Dependencies, { attempt }: Repairs): Promise<void> {
  const read = (last?: Message) => store.messages.after(last?.id, outstandingStates, batchSize, everything);
  for await (const stuck of pages(read)) {
    const letters = stuck.filter(({ channel }) => channel === 'email');
    for (const id of new Set(letters.flatMap(({ submission_id }) => submission_id ?? [])))
      await attempt(id, async () => {
        await holdClock(id);
        return undefined;
      });
  }
}
