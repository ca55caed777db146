import type { OrganiserChannel } from '../contract/mail/message.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { Store } from '../store/store.ts';
import type { Workflows } from '../temporal/workflows.ts';
import { createAuditActs } from './reconcile/audit-acts.ts';
import { checkOpen } from './reconcile/check-open.ts';
import { checkWorkflows } from './reconcile/check-workflows.ts';
import { createFinishErasure } from './reconcile/finish-erasure.ts';
import { holdClocks } from './reconcile/hold-clocks.ts';
import { rebuildLedger } from './reconcile/rebuild-ledger.ts';
import { createRepairRecord, type RepairRecord } from './reconcile/repair-record.ts';
import { createRepairs, type Reconciliation, type Repairs } from './reconcile/repairs.ts';
import { resumeAccess } from './reconcile/resume-access.ts';
import { resumeDeliveries } from './reconcile/resume-deliveries.ts';
import type { FreedSlot } from './slots.ts';

/** Milliseconds between two checks of all workflows; in between, of those that run or have ended since. */
const wholeInterval = 6 * 3_600_000;

type Dependencies = {
  store: Pick<
    Store,
    | 'records'
    | 'ongoing'
    | 'erasures'
    | 'messages'
    | 'budgets'
    | 'digest'
    | 'waitingList'
    | 'reconciliation'
    | 'changes'
    | 'accessRequests'
    | 'audit'
  >;
  workflows: Pick<
    Workflows,
    | 'list'
    | 'listRuns'
    | 'tracesOf'
    | 'actOf'
    | 'awaitedBy'
    | 'recordOf'
    | 'resync'
    | 'forget'
    | 'wakeDelivery'
    | 'isDelivering'
  >;
  passSlotOn: (slot: FreedSlot) => Promise<unknown>;
  holdClock: (id: SubmissionId) => Promise<void>;
  organiserChannels: readonly OrganiserChannel[];
  forgetMessages: (id: SubmissionId) => Promise<void>;
};

/** Compares the records with the workflows and repairs them: the workflows are right. */
export function createReconciler({ passSlotOn, organiserChannels, ...ports }: Dependencies) {
  const { store } = ports;
  const finishErasure = createFinishErasure(ports);
  const repairRecord = createRepairRecord({ ...ports, organiserChannels });
  const auditActs = createAuditActs(ports);

  return async function reconcile(): Promise<Reconciliation> {
    const repairs = createRepairs();
    const checks = { ...ports, finishErasure, auditActs, repairRecord: onceEach(repairRecord) };
    const { attempt, counts } = repairs;
    const began = new Date();
    const last = await store.reconciliation.lastCompleted();
    const isWhole = last === undefined || began.getTime() - Date.parse(last) > wholeInterval;
    const since = isWhole ? undefined : last;

    for (const id of await store.erasures.unfinished()) await attempt(id, () => finishErasure(id));
    await checkWorkflows(checks, repairs, since);
    await checkOpen(checks, repairs, isWhole);
    if (last === undefined) await rebuildLedger(checks, repairs);
    await attempt('digest', async () => void (await store.digest.write(dayOf(began), organiserChannels)));
    await attempt('budgets', async () => void (await store.budgets.dropOld()));
    await resumeDeliveries(ports, repairs);
    await attempt('access', () => resumeAccess(ports));
    await holdClocks(ports, repairs);
    // Where nobody follows the changes, only this drops those that are overtaken.
    await attempt('changes', async () => void (await store.changes.number()));
    // After a restore, a slot may look free until the record of its taker is repaired.
    if (last !== undefined || counts.failed === 0) await passSlotsOn(repairs);
    if (isWhole && counts.failed === 0) await store.reconciliation.complete(began.toISOString());
    return counts;
  };

  async function passSlotsOn({ attempt }: Repairs): Promise<void> {
    for (const freedBy of await store.waitingList.freeSlots())
      await attempt(freedBy, async () => void (await passSlotOn({ freedBy })));
  }
}

/** A query costs a worker the history of the submission: in a run that checks everything, several checks come to each. */
function onceEach(repair: RepairRecord): RepairRecord {
  const asked = new Set<SubmissionId>();
  return async (id) => {
    if (asked.has(id)) return undefined;
    asked.add(id);
    return repair(id);
  };
}

/** In UTC, whatever the call's time zone: it only has to be once a day. */
function dayOf(now: Date): string {
  return now.toISOString().slice(0, 'yyyy-mm-dd'.length);
}
