import { openStore, type Store } from '../store.ts';

export type Erasures = Awaited<ReturnType<Store['erasures']['all']>>;

/**
 * Makes a database that is older than what was sent and told ready to be used: what is erased stays erased, what may have
 * been sent waits for a person, and the reconciler checks all workflows.
 *
 * @param erased erasures that it may lack
 * @param what has happened to it, for the people who find parked messages
 */
export async function makeReady(location: string, erased: Erasures, what: string): Promise<void> {
  const store = openStore(location, () => undefined);
  try {
    await store.migrate();
    for (const { id, at, keptFrom } of erased) await store.erasures.erase(id, at, undefined, keptFrom);
    await store.messages.parkUnsettled(`${what}: this may have been sent since, or not.`);
    await store.accessRequests.clear();
    await store.reconciliation.reopen();
  } finally {
    await store.close();
  }
}
