import { isSettled } from '../../contract/http/settled.ts';
import { isOver, partiesOf, withConflictsOf } from '../../contract/record.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { withTextsOf } from '../../contract/with-texts-of.ts';
import type { Listed } from '../../store/list/list.ts';
import { sightOf } from '../../store/sight.ts';
import type { Store } from '../../store/store.ts';
import { TemporalUnavailableError } from '../../temporal/bounded-calls.ts';
import type { Commands } from '../../temporal/commands.ts';
import { readRecord } from '../status/read-record.ts';
import type { Asker } from './asker.ts';
import { assertMayOpen } from './keep-away.ts';

/** Problems that reading a submission may be refused with. */
export const openingRefusals = ['conflict-of-interest', 'not-found', 'erased'] as const;

export type OpeningRefusal = (typeof openingRefusals)[number] | 'temporarily-unavailable';

type Dependencies = { store: Pick<Store, 'records' | 'list'>; commands: Pick<Commands, 'recordOf'> };

export function createReadSubmission({ store, commands }: Dependencies) {
  /** Reads a submission from its workflow, or from its record if it has ended. */
  return async function readSubmission(
    { person, deadline, refuse }: Asker<OpeningRefusal>,
    id: SubmissionId,
  ): Promise<Listed | undefined> {
    const [found, kept] = await Promise.all([
      readRecord(store.records.find(id), deadline),
      readRecord(
        store.list.find(id, sightOf(person)).then((item) => item ?? 'unknown'),
        deadline,
      ),
    ]);
    if (found?.kind === 'erased') return refuse('erased');
    const item = kept === 'unknown' ? undefined : kept;
    // Before Temporal is asked, so that the time of the refusal doesn't reveal whether it has ended.
    if (item) assertMayOpen(person, item.parties, refuse);
    if (found?.kind === 'found' && isSettled(found.status) && item) return item;
    const record = await commands.recordOf(id, deadline, item).catch((error: unknown) => {
      if (error instanceof TemporalUnavailableError && item) return undefined;
      throw error;
    });
    if (record) {
      const parties = withConflictsOf(partiesOf(record), item ? [item.parties] : []);
      assertMayOpen(person, parties, refuse);
      // It may have been reopened, and the conflicts declared about its successor are only in the records.
      if (kept === undefined && isOver(record.state)) return refuse('temporarily-unavailable');
      const state = withTextsOf(record.state, item?.state);
      return { submission: record.submission, state, flags: item?.flags ?? [], parties };
    }
    // Temporal deletes old workflows: only both together know that there is no such submission.
    if (kept === undefined) return refuse('temporarily-unavailable');
    return item;
  };
}
