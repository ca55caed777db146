import { isSettled } from '../../contract/http/settled.ts';
import type { SubmissionRecord } from '../../contract/record.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { withTextsOf } from '../../contract/with-texts-of.ts';
import type { Deadline } from '../../process/deadline.ts';
import { everything } from '../../store/sight.ts';
import type { Store } from '../../store/store.ts';
import { TemporalUnavailableError } from '../../temporal/bounded-calls.ts';
import type { Commands } from '../../temporal/commands.ts';
import type { Refuse } from '../http/refusal.ts';
import { readRecord } from '../status/read-record.ts';

type Dependencies = { store: Pick<Store, 'records' | 'list'>; commands: Pick<Commands, 'recordOf'> };

export type ReadHeld = ReturnType<typeof createReadHeld>;

/** Reads a submission for whoever holds a token of it: from its workflow, or from its record if it has ended. */
export function createReadHeld({ store, commands }: Dependencies) {
  return async (
    id: SubmissionId,
    deadline: Deadline,
    refuse: Refuse<'not-found' | 'erased' | 'temporarily-unavailable'>,
  ): Promise<Pick<SubmissionRecord, 'submission' | 'state'>> => {
    const [found, item] = await Promise.all([
      readRecord(store.records.find(id), deadline),
      readRecord(store.list.find(id, everything), deadline),
    ]);
    if (found?.kind === 'erased') return refuse('erased');
    if (found?.kind === 'found' && isSettled(found.status) && item) return item;
    const record = await commands.recordOf(id, deadline, item).catch((cause: unknown) => {
      if (cause instanceof TemporalUnavailableError && item === undefined)
        return refuse('temporarily-unavailable', {}, { cause });
      if (cause instanceof TemporalUnavailableError) return undefined;
      throw cause;
    });
    if (record) return { submission: record.submission, state: withTextsOf(record.state, item?.state) };
    // Temporal deletes old workflows: only both together know that there is no such submission.
    return item ?? refuse(found === undefined ? 'temporarily-unavailable' : 'not-found');
  };
}
