/** The data that outlives the workflows: records, erasures, messages, lists, and the gateways' counters. */

import { createAccessRequests } from './access/access-requests.ts';
import { createTalks } from './access/talks.ts';
import { createCensus } from './census.ts';
import type { Counters } from './counters.ts';
import { isPostgres, openDatabase } from './database.ts';
import { embeddedCounters } from './embedded/counters.ts';
import { emptyLog } from './embedded/empty-log.ts';
import { createErasures } from './erasures/erasures.ts';
import { createAnnouncements } from './feeds/announcements.ts';
import { createAudit } from './feeds/audit.ts';
import { createChanges } from './feeds/changes.ts';
import { createList } from './list/list.ts';
import { createBudgets } from './messages/budgets.ts';
import { createDigest } from './messages/digest.ts';
import { createMessages } from './messages/messages.ts';
import { migrate } from './migrate.ts';
import { postgresCounters } from './postgres/counters.ts';
import { createReconciliation } from './reconciliation.ts';
import { createCoSpeakers } from './records/co-speakers.ts';
import { createOngoing } from './records/ongoing.ts';
import { createRecords } from './records/records.ts';
import { createVersions } from './records/versions.ts';
import { createWaitingList } from './slots/waiting-list.ts';
import { timeLimits } from './time-limits.ts';

export type Store = ReturnType<typeof openStore>;

/**
 * @param location `postgres://…`, or the path of a file
 * @param onError called when an idle connection breaks
 */
export function openStore(location: string, onError: (error: Error) => void, limits = timeLimits.worker) {
  const db = openDatabase(location, onError, limits);
  return {
    records: createRecords(db),
    versions: createVersions(db),
    ongoing: createOngoing(db),
    list: createList(db),
    changes: createChanges(db),
    coSpeakers: createCoSpeakers(db),
    erasures: createErasures(db, async () => {
      if (!isPostgres(location)) await emptyLog(db, limits.use);
    }),
    messages: createMessages(db),
    budgets: createBudgets(db),
    digest: createDigest(db),
    talks: createTalks(db),
    accessRequests: createAccessRequests(db),
    announcements: createAnnouncements(db),
    audit: createAudit(db),
    waitingList: createWaitingList(db),
    reconciliation: createReconciliation(db),
    takeCensus: createCensus(db),

    /** Call it first, in each process. */
    async migrate(): Promise<void> {
      const migrating = openDatabase(location, onError, timeLimits.migration);
      try {
        await migrate(migrating);
      } finally {
        await migrating.destroy();
      }
    },

    /** @throws Error if the database doesn't answer */
    async ping(): Promise<void> {
      await db.selectNoFrom((expression) => expression.lit(1).as('one')).execute();
    },

    openCounters: (): Counters =>
      isPostgres(location) ? postgresCounters(location, onError) : embeddedCounters(location),

    close: () => db.destroy(),
  };
}
