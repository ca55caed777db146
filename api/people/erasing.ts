import type { Announcing } from '../../contract/call/announcing.ts';
import type { Person } from '../../contract/committee/person.ts';
import { type Parties, partiesOf } from '../../contract/record.ts';
import { parseSubmissionId, type SubmissionId } from '../../contract/submission-id.ts';
import type { Deadline } from '../../process/deadline.ts';
import { everything } from '../../store/sight.ts';
import type { Store } from '../../store/store.ts';
import type { Commands } from '../../temporal/commands.ts';
import type { RecordedSubmissions } from '../status/recorded-submissions.ts';
import type { Asker } from './asker.ts';
import { assertMayOpen, keptFrom } from './keep-away.ts';

export type ErasingDependencies = {
  call: Announcing;
  store: Pick<Store, 'records' | 'list' | 'erasures'>;
  commands: Pick<Commands, 'startOf'>;
  submissions: Pick<RecordedSubmissions, 'forget'>;
  /** Everyone with access. */
  committee: readonly Person[];
};

/** Opens a submission for an organiser who wants to erase it. */
export function createErasing({ call: announcing, store, commands, submissions, committee }: ErasingDependencies) {
  return {
    /** Opens a submission to erase it, also one that is erased already. */
    async openToErase({ person, deadline, refuse }: Asker<'not-found' | 'conflict-of-interest'>, text: string) {
      const id = parseSubmissionId(text);
      const parties = id && (await partiesToErase(id, deadline));
      if (id === undefined || parties === undefined) return refuse('not-found');
      if (parties !== 'erased') assertMayOpen(person, parties, refuse);
      const hidden = parties === 'erased' ? [] : keptFrom(committee, parties);
      return {
        id,
        isErased: parties === 'erased',
        erase: (at: string) => store.erasures.erase(id, at, { by: person.name, announcing }, hidden),
        // Called for each submission that was erased together with this one.
        forget: (one: SubmissionId) => submissions.forget(one, deadline),
        finish: store.erasures.finish,
      };
    },
  };

  async function partiesToErase(id: SubmissionId, deadline: Deadline): Promise<Parties | undefined | 'erased'> {
    const found = await store.records.find(id);
    if (found.kind === 'erased') return 'erased';
    // A submission without a record is still as it was submitted.
    if (found.kind === 'found') return (await store.list.find(id, everything))?.parties;
    const start = await commands.startOf(id, deadline);
    return start && partiesOf(start);
  }
}
