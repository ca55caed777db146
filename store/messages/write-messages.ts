import { sql } from 'kysely';
import { stuckStates } from '../../contract/mail/message.ts';
import type { MessageContent } from '../../contract/mail/message-content.ts';
import { mailIdOf } from '../../contract/mail/message-id.ts';
import { invitations } from '../../contract/mail/releases.ts';
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

/**
 * `known`: the last revision that the writer knows to be on record. `isBehind`: the record had an older one. `isProving`: the
 * address has been proved for the submission.
 */
export type Standing = { known: number; isBehind: boolean; isProving?: boolean };

/**
 * Writes each message once, in the order in which they are sent; existing ones stay unchanged, unless they are overtaken.
 * A message whose release was on record is only written if the record has lost it, and then it was perhaps sent.
 */
export async function writeMessages(
  trx: Database,
  submissionId: SubmissionId | null,
  messages: readonly NewMessage[],
  { known, isBehind, isProving = false }: Standing = { known: 0, isBehind: false },
): Promise<void> {
  const at = new Date().toISOString();
  if (isProving && submissionId !== null) await sendProved(trx, submissionId, at);
  const isNew = ({ content }: NewMessage) => content.kind === 'digest' || content.fields.release.revision > known;
  const rows = messages
    .filter((message) => isBehind || isNew(message))
    .map((message, index) => ({
      ...{ id: message.id, release: message.release, channel: message.channel },
      submission_id: submissionId,
      position: sql<number>`${lastPosition(trx, submissionId)} + ${index + 1}`,
      ...(isNew(message)
        ? { state: 'pending' as const, detail: null }
        : { state: 'parked' as const, detail: perhapsSent(message) }),
      ...{ attempts: 0, postponed: 0, due_at: null, claimed_by: '', closed_at: null },
      content: JSON.stringify(message.content),
      ...{ created_at: at, updated_at: at },
    }));
  if (rows.length > 0)
    await trx
      .insertInto('messages')
      .values(rows)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  for (const { id, overtaken, isReplaced } of messages)
    if (overtaken !== undefined)
      await trx
        .updateTable('messages')
        .set({ state: 'superseded', detail: overtaken, updated_at: at })
        .where('id', '=', id)
        .where('state', 'in', isReplaced ? ['pending', 'held', ...stuckStates] : ['pending', 'held'])
        .execute();
}

/** Letters that were held until the address is proved. Who is invited has proved nothing by that. */
async function sendProved(trx: Database, submissionId: SubmissionId, at: string): Promise<void> {
  await trx
    .updateTable('messages')
    .set({ state: 'pending', due_at: null, closed_at: null, detail: 'The address is proved.', updated_at: at })
    .where('submission_id', '=', submissionId)
    .where('channel', '=', 'email')
    .where('state', '=', 'held')
    .where((row) => row.and(invitations.map((name) => row('release', 'not like', `${name}%`))))
    .execute();
}

function lastPosition(trx: Database, submissionId: SubmissionId | null) {
  return trx
    .selectFrom('messages')
    .select((select) => select.fn.coalesce(select.fn.max('position'), sql<number>`0`).as('last'))
    .where(...ofSubmission(submissionId));
}

function perhapsSent({ id, content }: NewMessage): string {
  const where =
    content.kind === 'speaker'
      ? `the mail server's log for <${mailIdOf(id, content.fields.call.contact)}>`
      : `its receiver for ${id}`;
  return `The database had lost it, as after a restore: it was perhaps sent. Search ${where}.`;
}
