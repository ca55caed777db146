import { stuckStates, unsettledStates } from '../../contract/mail/message.ts';
import { unawaited } from '../../contract/mail/releases.ts';
import type { Database } from '../database.ts';

/**
 * Messages to speakers that were not delivered. An address that is not proved may be anybody's, or none: nobody waits for what
 * did not arrive there, nor for what went to one that the speaker does not use, or not yet.
 */
export function undeliveredIn(db: Database) {
  return db
    .selectFrom('messages')
    .innerJoin('submissions', 'submissions.id', 'messages.submission_id')
    .where('messages.state', 'in', unsettledStates)
    .where('channel', '=', 'email')
    .where((row) => row.or([row('is_proved', '=', 1), row('messages.state', 'not in', stuckStates)]))
    .where((row) => row.and(unawaited.map((name) => row('release', 'not like', `${name}%`))));
}
