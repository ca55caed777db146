/** What outlives the workflows: records, erasures, lists, and what gateways count together. */

import { embeddedCounters, postgresCounters } from './counters.ts';
import { isPostgres, openDatabase } from './database.ts';
import { createErasures } from './erasures/erasures.ts';
import { createAnnouncements } from './feeds/announcements.ts';
import { createAudit } from './feeds/audit.ts';
import { createChanges } from './feeds/changes.ts';
import { createList } from './list/list.ts';
import { createDigest } from './messages/digest.ts';
import { createMessages } from './messages/messages.ts';
import { migrate } from './migrate.ts';
import { createQuota } from './quota.ts';
import { createReconciliation } from './reconciliation.ts';
import { createCoSpeakers } from './records/co-speakers.ts';
import { createOpen } from './records/open.ts';
import { createRecords } from './records/records.ts';
import { patiences } from './time-limits.ts';
import { createWaitingList } from './waiting-list.ts';

export type Store = ReturnType<typeof openStore>;

/**
 * @param location `postgres://…`, or the path of a file
 * @param onError is told of connections that break while nobody uses them
 * @param patience for how long it is waited for
 */
export function openStore(location: string, onError: (error: Error) => void, patience = patiences.worker) {
  const db = openDatabase(location, onError, patience);
  return {
    records: createRecords(db),
    open: createOpen(db),
    list: createList(db),
    changes: createChanges(db),
    coSpeakers: createCoSpeakers(db),
    erasures: createErasures(db, { patience: isPostgres(location) ? undefined : patience.use }),
    messages: createMessages(db),
    digest: createDigest(db),
    announcements: createAnnouncements(db),
    audit: createAudit(db),
    waitingList: createWaitingList(db),
    quota: createQuota(db),
    reconciliation: createReconciliation(db),

    /** To be called before anything else is; by each process, in any order. */
    async migrate(): Promise<void> {
      const patient = openDatabase(location, onError, patiences.migration);
      try {
        await migrate(patient);
      } finally {
        await patient.destroy();
      }
    },

    openCounters: () => (isPostgres(location) ? postgresCounters(location, onError) : embeddedCounters(location)),

    close: () => db.destroy(),
  };
}
