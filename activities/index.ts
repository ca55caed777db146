import type { Criterion } from '../contract/call/criteria.ts';
import type { StageRules } from '../contract/call/rules.ts';
import { proposalOf } from '../contract/proposal.ts';
import type { SubmissionRecord } from '../contract/record.ts';
import type { MessageSender } from '../messages/message-sender.ts';
import type { Store } from '../store/store.ts';
import type { Workflows } from '../temporal/workflows.ts';
import { createDeliver } from './deliver.ts';
import { moderate } from './moderate.ts';
import { createOperations } from './operations.ts';
import { createPassSlotOn } from './pass-slot-on.ts';
import { createReconciler } from './reconcile.ts';
import { createRecordSubmission } from './record-submission.ts';
import { recordVerdict } from './record-verdict.ts';
import { scoreOf, select } from './select.ts';
import { shortlist } from './shortlist.ts';

export type ActivityDependencies = {
  store: Store;
  workflows: Workflows;
  sender: MessageSender;
  /** In milliseconds: Temporal's clock, where it isn't that of this machine. */
  now?: () => number | Promise<number>;
};

export function createActivities({ store, workflows, sender, ...clock }: ActivityDependencies) {
  const recorded = recordVerdict(store.records);
  const { organiserChannels } = sender;
  const { wakeDelivery } = workflows;
  const recordSubmission = createRecordSubmission({ store, organiserChannels, wakeDelivery });
  const passSlotOn = createPassSlotOn({ store, promote: workflows.promote });

  return {
    moderate: (record: SubmissionRecord, rules: StageRules['moderation']) =>
      recorded(record, 'moderation', moderate(proposalOf(record.submission), rules)),

    shortlist: (record: SubmissionRecord, criteria: readonly Criterion[], rules: StageRules['shortlisting']) =>
      recorded(record, 'shortlisting', shortlist(proposalOf(record.submission), criteria, rules)),

    select: (record: SubmissionRecord, criteria: readonly Criterion[], rules: StageRules['selection']) =>
      recorded(
        record,
        'selection',
        scoreOf(record, criteria).then((score) => select(score, rules)),
      ),

    announce: recordSubmission,

    recordSubmission,

    passSlotOn,

    ...createDeliver({ store, sender, wakeDelivery, ...clock }),

    ...createOperations({ store, workflows }),

    reconcile: createReconciler({ store, workflows, passSlotOn, organiserChannels, forgetMessages: sender.forget }),
  };
}
