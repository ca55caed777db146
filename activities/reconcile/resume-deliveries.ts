import { waitingStates } from '../../contract/mail/message.ts';
import type { About } from '../../contract/workflow/deliveries.ts';
import type { DueLetter, Message } from '../../store/messages/messages.ts';
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
export async function resumeDeliveries(dependencies: Dependencies, repairs: Repairs): Promise<void> {
  const { messages } = dependencies.store;
  const read = (last?: Message) => messages.after(last?.id, waitingStates, batchSize, everything);
  for await (const waiting of pages(read))
    await resume(dependencies, repairs, new Set(waiting.map(({ submission_id }) => submission_id ?? 'digest')));
  const now = new Date().toISOString();
  const readDue = (last?: DueLetter) => messages.dueAfter(last?.id, now, batchSize);
  for await (const due of pages(readDue))
    await resume(dependencies, repairs, new Set(due.flatMap(({ submission_id }) => submission_id ?? [])));
}

async function resume({ workflows }: Dependencies, { attempt }: Repairs, abouts: ReadonlySet<About>): Promise<void> {
  for (const about of abouts)
    await attempt(about, async () => {
      if (!(await workflows.isDelivering(about))) await workflows.wakeDelivery(about);
      return undefined;
    });
}
