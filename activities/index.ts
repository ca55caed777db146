import type { Criterion } from '../contract/call/criteria.ts';
import type { StageRules } from '../contract/call/rules.ts';
import type { MessageId } from '../contract/mail/message-id.ts';
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
import { stamped } from './record-verdict.ts';
import { scoreOf, select } from './select.ts';
import { shortlist } from './shortlist.ts';

export type ActivityDependencies = {
  store: Store;
  workflows: Workflows;
  sender: MessageSender;
};

export function createActivities({ store, workflows, sender }: ActivityDependencies) {
  const { organiserChannels } = sender;
  const recordSubmission = createRecordSubmission({ store, organiserChannels, startDelivery: workflows.startDelivery });
  const passSlotOn = createPassSlotOn({ store, promote: workflows.promote });

  return {
    moderate: (record: SubmissionRecord, rules: StageRules['moderation']) =>
      stamped(record, 'moderation', moderate(proposalOf(record.submission), rules)),

    shortlist: (record: SubmissionRecord, criteria: readonly Criterion[], rules: StageRules['shortlisting']) =>
      stamped(record, 'shortlisting', shortlist(proposalOf(record.submission), criteria, rules)),

    select: (record: SubmissionRecord, criteria: readonly Criterion[], rules: StageRules['selection']) =>
      stamped(
        record,
        'selection',
        scoreOf(record, criteria).then((score) => select(score, rules)),
      ),

    announce: recordSubmission,

    recordSubmission,

    passSlotOn,

    deliver: createDeliver({ store, sender }),

    ...createOperations({ store, workflows }),

    giveUp: (messageId: MessageId) =>
      store.messages.park(messageId, 'It was tried for days: the other side could not be reached.'),

    reconcile: createReconciler({ store, workflows, passSlotOn, organiserChannels, forgetMessages: sender.forget }),
  };
}
