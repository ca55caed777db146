import { hasConflict } from '../../contract/committee/conflict-of-interest.ts';
import type { Person } from '../../contract/committee/person.ts';
import { partiesOf } from '../../contract/record.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Store } from '../../store/store.ts';
import type { Workflows } from '../../temporal/workflows.ts';

type Dependencies = {
  store: Pick<Store, 'records'>;
  workflows: Pick<Workflows, 'startOf'>;
};

/** `hidden`: with a conflict of interest of the organiser. They are changed too, but neither named nor counted. */
export type Partition = { seen: SubmissionId[]; hidden: SubmissionId[] };

/** Unknown and erased ids are hidden. Without a record, the conflicts are those of the submission as it was received. */
export async function partition(
  { store, workflows }: Dependencies,
  ids: readonly SubmissionId[],
  person: Person,
): Promise<Partition> {
  const recorded = await store.records.partiesOf(ids);
  const parted: Partition = { seen: [], hidden: [] };
  for (const id of ids) {
    const parties = recorded.get(id) ?? (await ofUnrecorded(id));
    parted[parties && !hasConflict(person, parties) ? 'seen' : 'hidden'].push(id);
  }
  return parted;

  async function ofUnrecorded(id: SubmissionId) {
    if ((await store.records.find(id)).kind === 'erased') return undefined;
    const record = await workflows.startOf(id);
    return record && partiesOf(record);
  }
}
