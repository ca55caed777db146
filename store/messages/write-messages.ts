import { stuckStates } from '../../contract/mail/message.ts';
import type { MessageContent } from '../../contract/mail/message-content.ts';
import { mailIdOf } from '../../contract/mail/message-id.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Database } from '../database.ts';
import type { Tables } from '../tables.ts';
import { ofSubmission } from './of-submission.ts';

export type NewMessage = Pick<Tables['messages'], 'id' | 'release' | 'channel'> & {
  content: MessageContent;
  /** Why it isn't sent, unless it was sent before. */
  overtaken?: string;
  /** What overtakes it goes out in its place: also where it was tried, and did not arrive. */
  isReplaced?: true;
};

/** `known`: the last revision that the writer knows to be on record. `isBehind`: the record had an older one. */
export type Standing = { known: number; isBehind: boolean };

/**
 * Writes each message once, in the order in which they are sent; existing ones stay unchanged, unless they are overtaken.
 * A message whose release was on record is only written if the record has lost it, and then it was perhaps sent.
 */
export async function writeMessages(
  trx: Database,
  submissionId: SubmissionId | null,
  messages: readonly NewMessage[],
  { known, isBehind }: Standing = { known: 0, isBehind: false },
): Promise<void> {
  const at = new Date().toISOString();
  let position = await lastPosition(trx, submissionId);
  for (const { content, overtaken, isReplaced, ...message } of messages) {
    const isNew = content.kind === 'digest' || content.fields.release.revision > known;
    if (!isNew && !isBehind) continue;
    position += 1;
    await trx
      .insertInto('messages')
      .values({
        ...message,
        submission_id: submissionId,
        position,
        state: isNew ? 'pending' : 'parked',
        attempts: 0,
        postponed: 0,
        due_at: null,
        claimed_by: '',
        detail: isNew ? null : perhapsSent(message.id, content),
        content: JSON.stringify(content),
        created_at: at,
        updated_at: at,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
  for (const { id, overtaken, isReplaced } of messages)
    if (overtaken !== undefined)
      await trx
        .updateTable('messages')
        .set({ state: 'superseded', detail: overtaken, updated_at: at })
        .where('id', '=', id)
        .where('state', 'in', isReplaced ? ['pending', ...stuckStates] : ['pending'])
        .execute();
}

async function lastPosition(trx: Database, submissionId: SubmissionId | null): Promise<number> {
  const row = await trx
    .selectFrom('messages')
    .select((select) => select.fn.max('position').as('last'))
    .where(...ofSubmission(submissionId))
    .executeTakeFirst();
  return row?.last ?? 0;
}

function perhapsSent(id: NewMessage['id'], content: MessageContent): string {
  const where =
    content.kind === 'speaker'
      ? `the mail server's log for <${mailIdOf(id, content.fields.call.contact)}>`
      : `its receiver for ${id}`;
  return `The database had lost it, as after a restore: it was perhaps sent. Search ${where}.`;
}
