/** What the worker can do for a workflow: one activity a stage, one for the end, and the care for the records. */
import type { Client } from '@temporalio/client';
import type { Criterion, StageRules } from '../contract/call.ts';
import { proposalOf } from '../contract/proposal.ts';
import type { SubmissionRecord } from '../contract/record.ts';
import type { Store } from '../store/store.ts';
import { moderate } from './moderate.ts';
import { createReconciler } from './reconcile.ts';
import { recordVerdict } from './record-verdict.ts';
import { scoreOf, select } from './select.ts';
import { shortlist } from './shortlist.ts';

export type ActivityDependencies = {
  store: Pick<Store, 'keep' | 'keepVerdict'> & Parameters<typeof createReconciler>[0]['store'];
  client: Client;
};

export function createActivities({ store, client }: ActivityDependencies) {
  const judged = recordVerdict(store);

  return {
    moderate: (record: SubmissionRecord, rules: StageRules['moderation']) =>
      judged(record, 'moderation', moderate(proposalOf(record.submission), rules)),

    shortlist: (record: SubmissionRecord, criteria: readonly Criterion[], rules: StageRules['shortlisting']) =>
      judged(record, 'shortlisting', shortlist(proposalOf(record.submission), criteria, rules)),

    select: (record: SubmissionRecord, rules: StageRules['selection']) =>
      judged(record, 'selection', select(scoreOf(record.state), rules)),

    announce: (record: SubmissionRecord) => store.keep(record),

    reconcile: createReconciler({ store, client }),
  };
}
