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
  /** Everyone with access. */
  committee: readonly Person[];
  possibleConflicts: PossibleConflicts;
};

/** Problems that opening a submission may be refused with. */
export const openingRefusals = ['conflict-of-interest', 'not-found', 'erased'] as const;

export type OpeningRefusal = (typeof openingRefusals)[number] | 'temporarily-unavailable';

export type Opened = Awaited<ReturnType<ReturnType<typeof createOpening>['open']>>;

type Given<Command> = Omit<Command, 'by' | 'seesAll'>;

/** Opens a submission for a person, to read it or to give commands. No command is given without it. */
export function createOpening({
  store,
  commands,
  submissions,
  view,
  committee,
  possibleConflicts,
}: OpeningDependencies) {
  return {
    async open(asker: Asker<OpeningRefusal>, text: string) {
      const { person, deadline, refuse } = asker;
      const id = parseSubmissionId(text);
      const item = id && (await read(asker, id));
      if (id === undefined) return refuse('not-found');
      if (item === undefined) {
        // It may have been erased since the records were read.
        await assertNotErased(id, refuse);
        return refuse('not-found');
      }
      const by = { by: person.name };
      const { submission, state } = item;
      return {
        ...{ submission, state },
        /** What the person is shown, for reading or for preconditions. */
        async shown(): Promise<Seen & { view: SubmissionView }> {
          const seen = view.one(person, { ...item, possibleConflicts: await found(person, item) });
          const tag = entityTagOf(JSON.stringify(seen));
          return { view: seen, tag, modifiedAt: latestIn(seen), revision: state.revision };
        },
        review(given: Given<ReviewCommand>, key?: string) {
          const seesAll = view.seesAllReviews(person) || undefined;
          return commands.review(id, omitUndefined({ ...given, ...by, seesAll }), { deadline, key });
        },
        async declareConflict(given: Given<ConflictCommand>, refuse: Refuse<'nothing-to-confirm'>) {
          if (given.person !== undefined && given.person !== person.name)
            await assertFound(person, item, given.person, refuse);
          return commands.declareConflict(id, { ...given, ...by }, { deadline });
        },
        decide: (given: Given<DecideCommand>, key?: string) =>
          commands.decide(id, { ...given, ...by }, { deadline, key }),
        reschedule: (given: Given<RescheduleCommand>, key?: string) =>
          commands.reschedule(id, { ...given, ...by }, { deadline, key }),
        /** Starts the submission that continues this one. */
        goOnAs: (input: Omit<SubmissionInput, 'submission'>) => submissions.start({ ...input, submission }, deadline),
        goesOnAs: async (other: SubmissionId) => (await submissions.find(other, deadline)) !== undefined,
      };
    },

    /** Opens a submission to erase it, also one that is erased already. */
    async openToErase({ person, deadline, refuse }: Asker<'not-found' | 'conflict-of-interest'>, text: string) {
      const id = parseSubmissionId(text);
      const parties = id && (await partiesToErase(id, deadline));
      if (id === undefined || parties === undefined) return refuse('not-found');
      if (parties !== 'erased') assertMayOpen(person, parties, refuse);
      const hidden = parties === 'erased' ? [] : keptFrom(committee, parties);
      return {
        ...{ id, isErased: parties === 'erased' },
        erase: (at: string) => store.erasures.erase(id, at, { by: person.name }, hidden),
        // Called for each submission that was erased together with this one.
        forget: (one: SubmissionId, messages: readonly MessageId[]) => submissions.forget(one, messages, deadline),
        finish: store.erasures.finish,
      };
    },
  };

  /** Empty while the database is out of reach: the submission itself can still be read. */
  async function found(person: Person, item: Listed): Promise<PossibleConflict[]> {
    const byId = await possibleConflicts(person, [item]).catch(unlessUnreachable);
    return byId?.get(item.state.id) ?? [];
  }

  /** Organisers can exclude others only because of a conflict that was found. */
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

  /** Reads a submission from its workflow, or from its record if it has ended. */
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
    // Before Temporal is asked, so that the time of the refusal doesn't reveal whether it has ended.
    if (item) assertMayOpen(person, item.parties, refuse);
    if (found?.kind === 'found' && found.isOver && item) return item;
    const record = await commands.recordOf(id, deadline).catch((error: unknown) => {
      if (error instanceof TemporalUnavailableError && item) return undefined;
      throw error;
    });
    if (record) {
      const parties = withConflictsOf(partiesOf(record), item ? [item.parties] : []);
      assertMayOpen(person, parties, refuse);
      // It may have been reopened, and the conflicts declared about its successor are only in the records.
      if (kept === undefined && record.state.isOver) return refuse('temporarily-unavailable');
      return { ...record, flags: item?.flags ?? [], parties };
    }
    // Temporal deletes old workflows: only both together know that there is no such submission.
    if (kept === undefined) return refuse('temporarily-unavailable');
    return item;
  }

  async function partiesToErase(id: SubmissionId, deadline: Deadline): Promise<Parties | undefined | 'erased'> {
    const found = await store.records.find(id);
    if (found.kind === 'erased') return 'erased';
    // A submission without a record is still as it was submitted.
    if (found.kind === 'found') return (await store.list.find(id, everything))?.parties;
    const start = await commands.startOf(id, deadline);
    return start && partiesOf(start);
  }
}

/** The latest date in the view: changes hidden from the person don't count. */
function latestIn({ lastUpdatedAt, verdicts = [], reviews }: SubmissionView): string {
  const dates = [lastUpdatedAt, ...verdicts.map(({ decidedAt }) => decidedAt), ...reviews.map(({ at }) => at)];
  return dates.reduce(later);
}
