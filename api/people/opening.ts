import type { Person } from '../../contract/committee/person.ts';
import { given } from '../../contract/given.ts';
import type { PossibleConflict } from '../../contract/http/listed-submission.ts';
import type { SubmissionView } from '../../contract/http/submission-view.ts';
import { type Parties, partiesOf, withConflictsOf } from '../../contract/record.ts';
import { parseSubmissionId, type SubmissionId } from '../../contract/submission-id.ts';
import type {
  ConflictCommand,
  DecideCommand,
  RescheduleCommand,
  ReviewCommand,
} from '../../contract/workflow/commands.ts';
import type { SubmissionInput } from '../../contract/workflow/submission-input.ts';
import type { Deadline } from '../../process/deadline.ts';
import type { Listed } from '../../store/list/list.ts';
import { everything, sightOf } from '../../store/sight.ts';
import type { Store } from '../../store/store.ts';
import { TemporalUnavailableError } from '../../temporal/bounded-calls.ts';
import type { People } from '../../temporal/commands.ts';
import { entityTagOf } from '../http/entity-tag.ts';
import type { Seen } from '../http/preconditions.ts';
import { Refusal } from '../http/refusal.ts';
import { readRecord, unlessUnreachable } from '../status/read-record.ts';
import type { RecordedSubmissions } from '../status/recorded-submissions.ts';
import { assertMayOpen, keptFrom } from './keep-away.ts';
import type { PossibleConflicts } from './possible-conflicts.ts';
import type { View } from './view.ts';

export type OpeningDependencies = {
  store: Pick<Store, 'records' | 'list' | 'erasures'>;
  people: Pick<People, 'recordOf' | 'startOf' | 'review' | 'declareConflict' | 'decide' | 'reschedule'>;
  submissions: Pick<RecordedSubmissions, 'start' | 'find' | 'forget'>;
  view: View;
  /** All who have access. */
  committee: readonly Person[];
  possibleConflicts: PossibleConflicts;
};

type Said<Command> = Omit<Command, 'by' | 'seesAll'>;

/** Opens a submission for a person, to read it and to act on it. There is no other way to a command. */
export function createOpening({ store, people, submissions, view, committee, possibleConflicts }: OpeningDependencies) {
  return {
    /** As it is now. @throws Refusal where there is none, or the person has to keep away from it */
    async open(person: Person, text: string | undefined, deadline: Deadline) {
      const id = parseSubmissionId(text ?? '');
      const item = id && (await read(person, id, deadline));
      if (id === undefined) throw new Refusal('not-found');
      if (item === undefined) {
        // It may have been erased since it was read.
        await assertNotErased(id);
        throw new Refusal('not-found');
      }
      const by = { by: person.name };
      const { submission, state } = item;
      return {
        ...{ submission, state },
        /** As the person is shown it, to read it, or to make that a condition of a change. */
        async shown(): Promise<Seen & { content: string }> {
          const seen = view.one(person, { ...item, possibleConflicts: await found(person, item) });
          const content = JSON.stringify(seen);
          return { content, tag: entityTagOf(content), modifiedAt: latestIn(seen), revision: state.revision };
        },
        review(said: Said<ReviewCommand>, key?: string) {
          const seesAll = view.seesAllReviews(person) || undefined;
          return people.review(id, given({ ...said, ...by, seesAll }), { deadline, key });
        },
        async declareConflict(said: Said<ConflictCommand>) {
          if (said.person !== undefined && said.person !== person.name) await assertFound(person, item, said.person);
          return people.declareConflict(id, { ...said, ...by }, { deadline });
        },
        decide: (said: Said<DecideCommand>, key?: string) => people.decide(id, { ...said, ...by }, { deadline, key }),
        reschedule: (said: Said<RescheduleCommand>, key?: string) =>
          people.reschedule(id, { ...said, ...by }, { deadline, key }),
        /** Starts what goes on from it. */
        goOnAs: (input: Omit<SubmissionInput, 'submission'>) => submissions.start({ ...input, submission }, deadline),
        goesOnAs: async (other: SubmissionId) => (await submissions.find(other, deadline)) !== undefined,
      };
    },

    /** To erase it; also again, when it is erased. @throws Refusal as above */
    async openToErase(person: Person, text: string, deadline: Deadline) {
      const id = parseSubmissionId(text);
      const parties = id && (await partiesToErase(id, deadline));
      if (id === undefined || parties === undefined) throw new Refusal('not-found');
      if (parties !== 'erased') assertMayOpen(person, parties);
      const hidden = parties === 'erased' ? [] : keptFrom(committee, parties);
      return {
        ...{ id, isErased: parties === 'erased' },
        erase: (at: string) => store.erasures.erase(id, at, { by: person.name }, hidden),
        // Of those that were erased together.
        forget: (one: SubmissionId, messages: readonly string[]) => submissions.forget(one, messages, deadline),
        finish: store.erasures.finish,
      };
    },
  };

  /** Nothing, while the database is out of reach: what is known of the submission itself is read all the same. */
  async function found(person: Person, item: Listed): Promise<PossibleConflict[]> {
    const byId = await possibleConflicts(person, [item]).catch(unlessUnreachable);
    return byId?.get(item.state.id) ?? [];
  }

  /** An organiser keeps others away by what was found, and by nothing else. @throws Refusal */
  async function assertFound(organiser: Person, item: Listed, name: string): Promise<void> {
    if (item.parties.conflicts?.some(({ by }) => by === name)) return;
    const byId = await possibleConflicts(organiser, [item]);
    if (!byId.get(item.state.id)?.some(({ person }) => person === name)) throw new Refusal('nothing-to-confirm');
  }

  async function assertNotErased(id: SubmissionId): Promise<void> {
    const found = await store.records.find(id);
    if (found.kind === 'erased') throw new Refusal('erased');
  }

  /** From its workflow, or, when that is over, from its record. */
  async function read(person: Person, id: SubmissionId, deadline: Deadline): Promise<Listed | undefined> {
    const [found, kept] = await Promise.all([
      readRecord(store.records.find(id), deadline),
      readRecord(
        store.list.find(id, sightOf(person)).then((item) => item ?? 'unknown'),
        deadline,
      ),
    ]);
    if (found?.kind === 'erased') throw new Refusal('erased');
    const item = kept === 'unknown' ? undefined : kept;
    // Before Temporal is asked, so that the time of the refusal doesn't tell whether it is over.
    if (item) assertMayOpen(person, item.parties);
    if (found?.kind === 'found' && found.isOver && item) return item;
    const record = await people.recordOf(id, deadline).catch((error: unknown) => {
      if (error instanceof TemporalUnavailableError && item) return undefined;
      throw error;
    });
    if (record) {
      const parties = withConflictsOf(partiesOf(record), item ? [item.parties] : []);
      assertMayOpen(person, parties);
      // It may go on as another one, and what was said of that is on record alone.
      if (kept === undefined && record.state.isOver) throw new Refusal('temporarily-unavailable');
      return { ...record, flags: item?.flags ?? [], parties };
    }
    // Temporal forgets, and so it takes both to say that there is no such submission.
    if (kept === undefined) throw new Refusal('temporarily-unavailable');
    return item;
  }

  async function partiesToErase(id: SubmissionId, deadline: Deadline): Promise<Parties | undefined | 'erased'> {
    const found = await store.records.find(id);
    if (found.kind === 'erased') return 'erased';
    // What is not on record yet is as it was submitted.
    if (found.kind === 'found') return (await store.list.find(id, everything))?.parties;
    const start = await people.startOf(id, deadline);
    return start && partiesOf(start);
  }
}

/** Of the dates in it: what a person can't see has no part in what they learn. */
function latestIn({ lastUpdatedAt, verdicts = [], reviews }: SubmissionView): string {
  const dates = [lastUpdatedAt, ...verdicts.map(({ decidedAt }) => decidedAt), ...reviews.map(({ at }) => at)];
  return dates.reduce((one, other) => (other > one ? other : one));
}
