import type { MessageContent } from '../../contract/mail/message-content.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Database } from '../database.ts';
import type { Tables } from '../tables.ts';

export type NewMessage = Pick<Tables['messages'], 'id' | 'release' | 'channel'> & { content: MessageContent };

/** Writes each message once; existing ones stay unchanged. */
export async function writeMessages(
  trx: Database,
  submissionId: SubmissionId | null,
  messages: readonly NewMessage[],
): Promise<void> {
  const at = new Date().toISOString();
  for (const { content, ...message } of messages)
    await trx
      .insertInto('messages')
      .values({
        ...message,
        submission_id: submissionId,
        state: 'pending',
        attempts: 0,
        claimed_by: '',
        detail: null,
        content: JSON.stringify(content),
        created_at: at,
        updated_at: at,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
}
