import type { Message } from '../../store/messages/messages.ts';
import { everything } from '../../store/sight.ts';
import type { Store } from '../../store/store.ts';
import type { Workflows } from '../../temporal/workflows.ts';
import { batchSize, pages } from '../pages.ts';
import type { Repairs } from './repairs.ts';

type Dependencies = {
  store: Pick<Store, 'messages'>;
  workflows: Pick<Workflows, 'startDelivery' | 'isDelivering'>;
};

/** Starts the deliveries of waiting messages that have no workflow, and parks those whose workflow has ended. */
export async function resumeDeliveries({ store, workflows }: Dependencies, { attempt }: Repairs): Promise<void> {
  const read = (last?: Message) => store.messages.after(last?.id, ['pending', 'sending'], batchSize, everything);
  for await (const waiting of pages(read)) {
    for (const { id } of waiting) {
      await attempt(id, async () => {
        if ((await workflows.startDelivery(id)) || (await workflows.isDelivering(id))) return undefined;
        await store.messages.park(id, 'It may have been sent, or not: see its workflow.');
        return undefined;
      });
    }
  }
}
