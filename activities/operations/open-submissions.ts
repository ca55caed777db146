import type { SubmissionId } from '../../contract/submission-id.ts';
import type { ListedOngoing } from '../../store/records/ongoing.ts';
import type { Store } from '../../store/store.ts';
import type { Workflows } from '../../temporal/workflows.ts';
import { batchSize } from '../pages.ts';

type Dependencies = {
  store: Pick<Store, 'ongoing' | 'reconciliation'>;
  workflows: Pick<Workflows, 'list'>;
};

/** `overOnRecord`: their workflow runs all the same, for example after a reset. */
export type OpenSubmissions = { recorded: ListedOngoing[]; unrecorded: SubmissionId[]; overOnRecord: SubmissionId[] };

/** Asks both the records and Temporal: records may be late or lost, and Temporal's lists lag. */
export async function openSubmissions({ store, workflows }: Dependencies): Promise<OpenSubmissions> {
  const now = new Date().toISOString();
  const running: SubmissionId[] = [];
  for await (const page of workflows.list({ kind: 'submissions', since: now }, batchSize)) running.push(...page);
  // After Temporal's list, so that what has been recorded meanwhile doesn't seem to lack a record.
  const recorded = await store.ongoing.listed();
  const known = new Set(recorded.map(({ id }) => id));
  const others = running.filter((id) => !known.has(id));
  const found = await store.reconciliation.recordedOf(others);
  return {
    recorded,
    unrecorded: others.filter((id) => !found.has(id)),
    overOnRecord: others.filter((id) => found.has(id) && found.get(id) !== 'erased'),
  };
}
