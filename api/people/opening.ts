import type { Person } from '../../contract/committee/person.ts';
import type { PossibleConflict } from '../../contract/http/listed-submission.ts';
import type { SubmissionView } from '../../contract/http/submission-view.ts';
import { later } from '../../contract/later.ts';
import type { MessageId } from '../../contract/mail/message-id.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';
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
import type { Commands } from '../../temporal/commands.ts';
import { entityTagOf } from '../http/entity-tag.ts';
import type { Seen } from '../http/preconditions.ts';
import type { Refuse } from '../http/refusal.ts';
import { readRecord, unlessUnreachable } from '../status/read-record.ts';
import type { RecordedSubmissions } from '../status/recorded-submissions.ts';
import type { Asker } from './asker.ts';
import { assertMayOpen, keptFrom } from './keep-away.ts';
import type { PossibleConflicts } from './possible-conflicts.ts';
import type { View } from './view.ts';

export type OpeningDependencies = {
  store: Pick<Store, 'records' | 'list' | 'erasures'>;
  commands: Pick<Commands, 'recordOf' | 'startOf' | 'review' | 'declareConflict' | 'decide' | 'reschedule'>;
  submissions: Pick<RecordedSubmissions, 'start' | 'find' | 'forget'>;
  view: View;
  /** All who have access. */
  committee: readonly Person[];
  possibleConflicts: PossibleConflicts;
};

/** Codes that whoever opens a submission may be refused by. */
export const openingRefusals = ['conflict-of-interest', 'not-found', 'erased'] as const;

export type OpeningRefusal = (typeof openingRefusals)[number] | 'temporarily-unavailable';

export type Opened = Awaited<ReturnType<ReturnType<typeof createOpening>['open']>>;

type Said<Command> = Omit<Command, 'by' | 'seesAll'>;

/** Opens a submission for a person, to read it and to act on it. There is no other way to a command. */
export function createOpening({
  store,
  commands,
  submissions,
  view,
  committee,
  possibleConflicts,
}: OpeningDependencies) {
  return {
    /** As it is now. */
    async open(asker: Asker<OpeningRefusal>, text: string) {
      const { person, deadline, refuse } = asker;
      const id = parseSubmissionId(text);
      const item = id && (await read(asker, id));
      if (id === undefined) return refuse('not-found');
      if (item === undefined) {
        // It may have been erased since it was read.
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
          return commands.review(id, omitUndefined({ ...said, ...by, seesAll }), { deadline, key });
        },
        async declareConflict(said: Said<ConflictCommand>, refuse: Refuse<'nothing-to-confirm'>) {
          if (said.person !== undefined && said.person !== person.name)
            await assertFound(person, item, said.person, refuse);
          return commands.declareConflict(id, { ...said, ...by }, { deadline });
        },
        decide: (said: Said<DecideCommand>, key?: string) => commands.decide(id, { ...said, ...by }, { deadline, key }),
        reschedule: (said: Said<RescheduleCommand>, key?: string) =>
          commands.reschedule(id, { ...said, ...by }, { deadline, key }),
        /** Starts what goes on from it. */
        goOnAs: (input: Omit<SubmissionInput, 'submission'>) => submissions.start({ ...input, submission }, deadline),
        goesOnAs: async (other: SubmissionId) => (await submissions.find(other, deadline)) !== undefined,
      };
    },

    /** To erase it; also again, when it is erased. */
    async openToErase({ person, deadline, refuse }: Asker<'not-found' | 'conflict-of-interest'>, text: string) {
      const id = parseSubmissionId(text);
      const parties = id && (await partiesToErase(id, deadline));
      if (id === undefined || parties === undefined) return refuse('not-found');
      if (parties !== 'erased') assertMayOpen(person, parties, refuse);
      const hidden = parties === 'erased' ? [] : keptFrom(committee, parties);
      return {
        ...{ id, isErased: parties === 'erased' },
        erase: (at: string) => store.erasures.erase(id, at, { by: person.name }, hidden),
        // Of those that were erased together.
        forget: (one: SubmissionId, messages: readonly MessageId[]) => submissions.forget(one, messages, deadline),
        finish: store.erasures.finish,
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
    const found = await store.records.find(id);
    if (found.kind === 'erased') refuse('erased');
  }

  /** From its workflow, or, when that is over, from its record. */
  async function read(
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
    // Before Temporal is asked, so that the time of the refusal doesn't tell whether it is over.
    if (item) assertMayOpen(person, item.parties, refuse);
    if (found?.kind === 'found' && found.isOver && item) return item;
    const record = await commands.recordOf(id, deadline).catch((error: unknown) => {
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

  async function partiesToErase(id: SubmissionId, deadline: Deadline): Promise<Parties | undefined | 'erased'> {
    const found = await store.records.find(id);
    if (found.kind === 'erased') return 'erased';
    // What is not on record yet is as it was submitted.
    if (found.kind === 'found') return (await store.list.find(id, everything))?.parties;
    const start = await commands.startOf(id, deadline);
    return start && partiesOf(start);
  }
}

/** Of the dates in it: what a person can't see has no part in what they learn. */
function latestIn({ lastUpdatedAt, verdicts = [], reviews }: SubmissionView): string {
  const dates = [lastUpdatedAt, ...verdicts.map(({ decidedAt }) => decidedAt), ...reviews.map(({ at }) => at)];
  return dates.reduce(later);
}
