import type { Store } from '../../store/store.ts';
import type { Workflows } from '../../temporal/workflows.ts';

type Dependencies = {
  store: Pick<Store, 'accessRequests'>;
  workflows: Pick<Workflows, 'wakeDelivery' | 'isDelivering'>;
};

/** Has the requests for access answered that nobody was told of. A delivery that runs may wait for the day after. */
export async function resumeAccess({ store, workflows }: Dependencies): Promise<undefined> {
  const { accessRequests } = store;
  const next = await accessRequests.next();
  const isDue = next !== undefined && Date.parse(next.due_at) <= Date.now();
  const isWaiting = next !== undefined || (await accessRequests.areClaimed());
  if (isDue || (isWaiting && !(await workflows.isDelivering('access')))) await workflows.wakeDelivery('access');
}
