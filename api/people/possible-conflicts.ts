import { addressesOf, hasConflict } from '../../contract/committee/conflict-of-interest.ts';
import type { Person } from '../../contract/committee/person.ts';
import type { PossibleConflict } from '../../contract/http/listed-submission.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { normalAddress } from '../../contract/text/normal-address.ts';
import type { Listed } from '../../store/list/list.ts';
import { sightOf } from '../../store/sight.ts';
import type { Store } from '../../store/store.ts';

export type PossibleConflictsDependencies = {
  /** Everyone with access. */
  committee: readonly Person[];
  store: Pick<Store, 'coSpeakers' | 'records'>;
};

export type PossibleConflicts = ReturnType<typeof createPossibleConflicts>;

type Item = Pick<Listed, 'submission' | 'state' | 'parties'>;

/**
 * Finds members of the committee who share another talk of the call with a speaker of a submission. Anyone can name
 * anyone as a co-speaker, so it becomes a conflict of interest only when a person declares or confirms it.
 */
export function createPossibleConflicts({ committee, store }: PossibleConflictsDependencies) {
  const withAddresses = committee.map((person) => ({ person, addresses: (person.emails ?? []).map(normalAddress) }));

  /**
   * Possible conflicts by submission id, as the viewer may know them: reviewers only their own; organisers everyone's,
   * with the other talks that aren't hidden from them. The person concerned is never told which talk.
   */
  return async function possibleConflicts(
    viewer: Person,
    items: readonly Item[],
  ): Promise<Map<string, PossibleConflict[]>> {
    const concerned = withAddresses.filter(({ person }) => viewer.role === 'organiser' || person.name === viewer.name);
    const speakers = new Map(
      items.map(({ submission, state }) => [state.id, addressesOf(submission).map(normalAddress)]),
    );
    const found = await store.coSpeakers.find(
      [...new Set([...speakers.values()].flat())],
      concerned.flatMap(({ addresses }) => addresses),
    );
    const others = await store.records.partiesOf(found.map(({ submission_id }) => submission_id));
    return new Map(items.map((item) => [item.state.id, possibleOf(item)]));

    function possibleOf(item: Item): PossibleConflict[] {
      return concerned.flatMap(({ person, addresses }): PossibleConflict[] => {
        const mine = found.filter(
          ({ address, beside }) => addresses.includes(beside) && speakers.get(item.state.id)?.includes(address),
        );
        if (mine.length === 0 || hasConflict(person, item.parties)) return [];
        const { name } = person;
        if (name === viewer.name) return [{ person: name, kind: 'co-author' }];
        const seen = [...new Set(mine.map(({ submission_id }) => submission_id))].filter(isSeen);
        return seen.length === 0 ? [] : [{ person: name, kind: 'co-author', others: seen }];
      });
    }

    function isSeen(id: SubmissionId): boolean {
      const other = others.get(id);
      return other !== undefined && sightOf(viewer).sees(other);
    }
  };
}
