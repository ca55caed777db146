import { waitingStates } from '../../contract/mail/message.ts';
import type { About } from '../../contract/workflow/deliveries.ts';
import type { Message } from '../../store/messages/messages.ts';
import { everything } from '../../store/sight.ts';
import type { Store } from '../../store/store.ts';
import type { Workflows } from '../../temporal/workflows.ts';
import { batchSize, pages } from '../pages.ts';
import type { Repairs } from './repairs.ts';

type Dependencies = {
  store: Pick<Store, 'messages'>;
  workflows: Pick<Workflows, 'wakeDelivery' | 'isDelivering'>;
};

/** Starts the deliveries of messages that wait without a workflow: the digest, what nobody has sent, and what is held and due. */
export async function resumeDeliveries({ store, workflows }: Dependencies, { attempt }: Repairs): Promise<void> {
  const read = (last?: Message) => store.messages.after(last?.id, [...waitingStates, 'held'], batchSize, everything);
  const isDue = ({ state, due_at }: Message) =>
    state !== 'held' || (due_at !== null && Date.parse(due_at) <= Date.now());
  for await (const waiting of pages(read)) {
    for (const about of new Set(waiting.filter(isDue).map((message): About => message.submission_id ?? 'digest'))) {
      await attempt(about, async () => {
        if (!(await workflows.isDelivering(about))) await workflows.wakeDelivery(about);
        return undefined;
      });
    }
  }
}
