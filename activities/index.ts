/** What the worker can do for a workflow: one activity a stage, those that keep and tell, and the care for the records. */
import type { Client } from '@temporalio/client';
import type { Criterion } from '../contract/call/criteria.ts';
import type { StageRules } from '../contract/call/rules.ts';
import type { MessageId } from '../contract/mail/message-id.ts';
import { proposalOf } from '../contract/proposal.ts';
import type { SubmissionRecord } from '../contract/record.ts';
import type { MessageSender } from '../messages/message-sender.ts';
import type { Store } from '../store/store.ts';
import { startDelivery } from '../temporal/delivery.ts';
import { promote } from '../temporal/promote.ts';
import { createDeliver } from './deliver.ts';
import { createKeeping } from './keep.ts';
import { moderate } from './moderate.ts';
import { createOperations } from './operations.ts';
import { createPassPlaceOn } from './pass-place-on.ts';
import { createReconciler } from './reconcile.ts';
import { recordVerdict } from './record-verdict.ts';
import { scoreOf, select } from './select.ts';
import { shortlist } from './shortlist.ts';

export type ActivityDependencies = {
  store: Store;
  client: Client;
  sender: MessageSender;
};

export function createActivities({ store, client, sender }: ActivityDependencies) {
  const judged = recordVerdict(store.records);
  const { organiserChannels } = sender;
  const keep = createKeeping({
    store,
    organiserChannels,
    startDelivery: (messageId) => startDelivery(client, messageId),
  });
  const passPlaceOn = createPassPlaceOn({ store, promote: (id, freedBy) => promote(client, id, freedBy) });

  return {
    moderate: (record: SubmissionRecord, rules: StageRules['moderation']) =>
      judged(record, 'moderation', moderate(proposalOf(record.submission), rules)),

    shortlist: (record: SubmissionRecord, criteria: readonly Criterion[], rules: StageRules['shortlisting']) =>
      judged(record, 'shortlisting', shortlist(proposalOf(record.submission), criteria, rules)),

    select: (record: SubmissionRecord, criteria: readonly Criterion[], rules: StageRules['selection']) =>
      judged(
        record,
        'selection',
        scoreOf(record, criteria).then((score) => select(score, rules)),
      ),

    announce: keep,

    keep,

    passPlaceOn,

    deliver: createDeliver({ store, sender }),

    ...createOperations({ store, client }),

    giveUp: (messageId: MessageId) =>
      store.messages.park(messageId, 'It was tried for days: the other side could not be reached.'),

    reconcile: createReconciler({ store, client, passPlaceOn, organiserChannels, forgetMessages: sender.forget }),
  };
}
