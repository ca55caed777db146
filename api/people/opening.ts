import type { ConflictCommand, DecideCommand, RescheduleCommand, ReviewCommand } from '../../contract/commands.ts';
import { given } from '../../contract/given.ts';
import type { PossibleConflict } from '../../contract/http/listed-submission.ts';
import type { SubmissionView } from '../../contract/http/submission-view.ts';
import type { Person } from '../../contract/person.ts';
import { type Parties, partiesOf, withConflictsOf } from '../../contract/record.ts';
import { parseSubmissionId, type SubmissionId } from '../../contract/submission-id.ts';
import type { SubmissionInput } from '../../contract/submission-input.ts';
import type { Listed } from '../../store/list.ts';
import { everything, sightOf } from '../../store/sight.ts';
import type { Store } from '../../store/store.ts';
import { TemporalUnavailableError } from '../../temporal/bounded-calls.ts';
import type { People } from '../../temporal/commands.ts';
import type { Submissions } from '../../temporal/submissions.ts';
import { entityTagOf } from '../http/entity-tag.ts';
import type { Seen } from '../http/preconditions.ts';
import type { Refuse } from '../http/refusal.ts';
import { onRecord, unlessUnreachable } from '../status/on-record.ts';
import { assertMayOpen, keptFrom } from './keep-away.ts';
import type { PossibleConflicts } from './possible-conflicts.ts';
import type { View } from './view.ts';

export type OpeningDependencies = {
  store: Pick<Store, 'find' | 'listed' | 'erase' | 'finish'>;
  people: Pick<People, 'recordOf' | 'startOf' | 'review' | 'declareConflict' | 'decide' | 'reschedule'>;
  submissions: Pick<Submissions, 'start' | 'find' | 'forget'>;
  view: View;
  /** All who have access. */
  committee: readonly Person[];
  possibleConflicts: PossibleConflicts;
};

/** Codes that whoever opens a submission may be refused with. */
export const openingRefusals = ['conflict-of-interest', 'not-found', 'erased'] as const;

export type OpeningRefusal = (typeof openingRefusals)[number] | 'temporarily-unavailable';

type RefuseToOpen = Refuse<OpeningRefusal>;

export type Opened = Awaited<ReturnType<ReturnType<typeof createOpening>['open']>>;

type Said<Command> = Omit<Command, 'by' | 'seesAll'>;

/** Opens a submission for a person, to read it and to act on it. There is no other way to a command. */
export function createOpening({ store, people, submissions, view, committee, possibleConflicts }: OpeningDependencies) {
  return {
    /** As it is now. Refuses where there is none, or the person has to keep away from it. */
    async open(person: Person, text: string, refuse: RefuseToOpen) {
      const id = parseSubmissionId(text);
      const item = id && (await look(person, id, refuse));
      if (id === undefined) return refuse('not-found');
      if (item === undefined) {
        // It may have been erased since the first look.
        await assertNotErased(id, refuse);
        return refuse('not-found');
      }
      const by = { by: person.name };
      const { submission, state } = item;
      return {
        ...{ submission, state },
        /** As the person is shown it, to read it, or to make that a condition of a change. */
        async shown(): Promise<Seen & { view: SubmissionView }> {
          const seen = view.one(person, { ...item, possibleConflicts: await found(person, item) });
          const tag = entityTagOf(JSON.stringify(seen));
          return { view: seen, tag, modifiedAt: latestIn(seen), revision: state.revision };
        },
        review(said: Said<ReviewCommand>, key?: string) {
          const seesAll = view.seesAllReviews(person) || undefined;
          return people.review(id, given({ ...said, ...by, seesAll }), key);
        },
        async declareConflict(said: Said<ConflictCommand>, refuse: Refuse<'nothing-to-confirm'>) {
          if (said.person !== undefined && said.person !== person.name)
            await assertFound(person, item, said.person, refuse);
          return people.declareConflict(id, { ...said, ...by });
        },
        decide: (said: Said<DecideCommand>, key?: string) => people.decide(id, { ...said, ...by }, key),
        reschedule: (said: Said<RescheduleCommand>, key?: string) => people.reschedule(id, { ...said, ...by }, key),
        /** Starts what goes on from it. */
        goOnAs: (input: Omit<SubmissionInput, 'submission'>) => submissions.start({ ...input, submission }),
        goesOnAs: async (other: SubmissionId) => (await submissions.find(other)) !== undefined,
      };
    },

    /** To erase it; also again, when it is erased. Refuses as above. */
    async openToErase(person: Person, text: string, refuse: Refuse<'not-found' | 'conflict-of-interest'>) {
      const id = parseSubmissionId(text);
      const parties = id && (await partiesToErase(id));
      if (id === undefined || parties === undefined) return refuse('not-found');
      if (parties !== 'erased') assertMayOpen(person, parties, refuse);
      const hidden = parties === 'erased' ? [] : keptFrom(committee, parties);
      return {
        ...{ id, isErased: parties === 'erased' },
        erase: (at: string) => store.erase(id, at, { person: person.name }, hidden),
        // Of those that were erased together.
        forget: submissions.forget,
        finish: store.finish,
      };
    },
  };

  /** Nothing, while the database is out of reach: what is known of the submission itself is read all the same. */
  async function found(person: Person, item: Listed): Promise<PossibleConflict[]> {
    const byId = await possibleConflicts(person, [item]).catch(unlessUnreachable);
    return byId?.get(item.state.id) ?? [];
  }

  /** An organiser keeps others away by what was found, and by nothing else. */
  async function assertFound(
    organiser: Person,
    item: Listed,
    name: string,
    refuse: Refuse<'nothing-to-confirm'>,
  ): Promise<void> {
    if (item.parties.conflicts?.some(({ by }) => by === name)) return;
    const byId = await possibleConflicts(organiser, [item]);
    if (!byId.get(item.state.id)?.some(({ person }) => person === name)) refuse('nothing-to-confirm');
  }

  async function assertNotErased(id: SubmissionId, refuse: Refuse<'erased'>): Promise<void> {
    const found = await store.find(id);
    if (found.kind === 'erased') refuse('erased');
  }

  /** From its workflow, or, when that is over, from its record. */
  async function look(person: Person, id: SubmissionId, refuse: RefuseToOpen): Promise<Listed | undefined> {
    const [found, kept] = await Promise.all([
      onRecord(store.find(id)),
      onRecord(store.listed(id, sightOf(person)).then((item) => item ?? 'unknown')),
    ]);
    if (found?.kind === 'erased') return refuse('erased');
    const item = kept === 'unknown' ? undefined : kept;
    // Before Temporal is asked, so that the time of the refusal doesn't tell whether it is over.
    if (item) assertMayOpen(person, item.parties, refuse);
    if (found?.kind === 'found' && found.isOver && item) return item;
    const record = await people.recordOf(id).catch((error: unknown) => {
      if (error instanceof TemporalUnavailableError && item) return undefined;
      throw error;
    });
    if (record) {
      const parties = withConflictsOf(partiesOf(record), item ? [item.parties] : []);
      assertMayOpen(person, parties, refuse);
      // It may go on as another one, and what was said of that is on record alone.
      if (kept === undefined && record.state.isOver) return refuse('temporarily-unavailable');
      return { ...record, flags: item?.flags ?? [], parties };
    }
    // Temporal forgets, and so it takes both to say that there is no such submission.
    if (kept === undefined) return refuse('temporarily-unavailable');
    return item;
  }

  async function partiesToErase(id: SubmissionId): Promise<Parties | undefined | 'erased'> {
    const found = await store.find(id);
    if (found.kind === 'erased') return 'erased';
    // What is not on record yet is as it was submitted.
    if (found.kind === 'found') return (await store.listed(id, everything))?.parties;
    const start = await people.startOf(id);
    return start && partiesOf(start);
  }
}

/** Of the dates in it: what a person can't see has no part in what they learn. */
function latestIn({ lastUpdatedAt, verdicts = [], reviews }: SubmissionView): string {
  const dates = [lastUpdatedAt, ...verdicts.map(({ decidedAt }) => decidedAt), ...reviews.map(({ at }) => at)];
  return dates.reduce((one, other) => (other > one ? other : one));
}
