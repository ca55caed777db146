/** What outlives the workflows: records, erasures, lists, and what gateways count together. */

import { createAnnounced } from './announced.ts';
import { createAudit } from './audit.ts';
import { createChanges } from './changes.ts';
import { embeddedCounters, postgresCounters } from './counters.ts';
import { openDatabase } from './database.ts';
import { createErasures } from './erasures.ts';
import { createList } from './list.ts';
import { createMessages } from './messages.ts';
import { migrate } from './migrate.ts';
import { createPlaces } from './places.ts';
import { createReconciliation } from './reconciliation.ts';
import { createRecords } from './records.ts';
import { createCoAuthorships } from './speakers.ts';
import { createWaitingList } from './waiting-list.ts';

export type Store = ReturnType<typeof openStore>;

/**
 * @param location `postgres://…`, or the path of a file
 * @param onError is told of connections that break while nobody uses them
 */
export function openStore(location: string, onError: (error: Error) => void) {
  const { db, pool } = openDatabase(location, onError);
  return {
    ...createRecords(db),
    ...createErasures(db, { isEmbedded: pool === undefined }),
    ...createReconciliation(db),
    ...createMessages(db),
    ...createAnnounced(db),
    audit: createAudit(db),
    ...createWaitingList(db),
    changesAfter: createChanges(db),
    ...createList(db),
    coAuthorships: createCoAuthorships(db),
    places: createPlaces(db),

    /** To be called before anything else is; by each process, in any order. */
    migrate: () => migrate(db),

    openCounters: () => (pool ? postgresCounters(pool) : embeddedCounters(location)),

    close: () => db.destroy(),
  };
}
