import type { Call } from '../../contract/call/call.ts';
import type { Person } from '../../contract/committee/person.ts';
import type { PossibleConflict } from '../../contract/http/listed-submission.ts';
import type { SubmissionView } from '../../contract/http/submission-view.ts';
import type { Versions } from '../../contract/http/versions.ts';
import { later } from '../../contract/later.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';
import { isNamedTwice } from '../../contract/submission.ts';
import { parseSubmissionId, type SubmissionId } from '../../contract/submission-id.ts';
import type {
  CancelCommand,
  ConflictCommand,
  CorrectAddressCommand,
  DecideCommand,
  ProcessingCommand,
  RescheduleCommand,
  ReviewCommand,
} from '../../contract/workflow/commands.ts';
import type { SubmissionInput } from '../../contract/workflow/submission-input.ts';
import type { Listed } from '../../store/list/list.ts';
import type { Store } from '../../store/store.ts';
import type { Commands } from '../../temporal/commands.ts';
import type { Seen } from '../http/preconditions.ts';
import type { Refuse } from '../http/refusal.ts';
import { tagOf } from '../http/representation.ts';
import { unlessUnreachable } from '../status/read-record.ts';
import type { RecordedSubmissions } from '../status/recorded-submissions.ts';
import type { Asker } from './asker.ts';
import { createCancelAttendance } from './cancel-attendance.ts';
import { assertMayOpen } from './keep-away.ts';
import type { PossibleConflicts } from './possible-conflicts.ts';
import { createReadSubmission, type OpeningRefusal } from './read-submission.ts';
import type { View } from './view.ts';

export type OpeningDependencies = {
  call: Call;
  store: Pick<Store, 'records' | 'list' | 'versions'>;
  commands: Pick<
    Commands,
    | 'recordOf'
    | 'review'
    | 'declareConflict'
    | 'decide'
    | 'reschedule'
    | 'correctAddress'
    | 'setProcessing'
    | 'cancel'
    | 'startForOne'
  >;
  submissions: Pick<RecordedSubmissions, 'start' | 'find'>;
  view: View;
  possibleConflicts: PossibleConflicts;
};

export type Opened = Awaited<ReturnType<ReturnType<typeof createOpening>['open']>>;

const tooLateToCorrect =
  'Nothing more is sent to the speaker by itself. Write to the right address yourself, and resolve the message that was not delivered as `delivered`.';

type Given<Command> = Omit<Command, 'by' | 'seesAll'>;

/** Opens a submission for a person, to read it or to give commands. No command is given without it. */
export function createOpening({ call, store, commands, submissions, view, possibleConflicts }: OpeningDependencies) {
  const cancelAttendance = createCancelAttendance({ call, store, commands });
  const readSubmission = createReadSubmission({ store, commands });

  return {
    async open(asker: Asker<OpeningRefusal>, text: string) {
      const { person, deadline, refuse } = asker;
      const id = parseSubmissionId(text);
      const item = id && (await readSubmission(asker, id));
      if (id === undefined) return refuse('not-found');
      if (item === undefined) {
        // It may have been erased since the records were read.
        await assertNotErased(id, refuse);
        return refuse('not-found');
      }
      const by = { by: person.name };
      const { submission, state } = item;
      return {
        submission,
        state,
        /** What the person is shown, for reading or for preconditions. */
        async shown(): Promise<Seen & { view: SubmissionView }> {
          const seen = view.one(person, { ...item, possibleConflicts: await found(person, item) });
          const tag = tagOf(seen);
          return {
            view: seen,
            tag,
            modifiedAt: latestIn(seen, view.editedAt(person, state)),
            revision: state.revision,
          };
        },
        async versions(): Promise<Versions['items']> {
          return view.versions(person, item, await store.versions.of(item));
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
        /** A conflict with the new address counts, too. */
        async correctAddress(
          given: Omit<Given<CorrectAddressCommand>, 'from'>,
          refuse: Refuse<'conflict-of-interest' | 'invalid-command' | 'submission-concluded'>,
          key?: string,
        ) {
          const corrected = { ...submission, speaker: { ...submission.speaker, email: given.email } };
          assertMayOpen(person, { ...item.parties, speaker: corrected.speaker }, refuse);
          if (isNamedTwice(corrected))
            refuse('invalid-command', { errors: [{ pointer: '/email', detail: 'is the address of a co-speaker' }] });
          const result = await commands.correctAddress(
            id,
            { from: submission.speaker.email, ...given, ...by },
            { deadline, key },
          );
          return result.kind === 'over' ? refuse('submission-concluded', { detail: tooLateToCorrect }) : result;
        },
        cancelAttendance: (given: Given<CancelCommand>, at: string) =>
          cancelAttendance(id, { ...given, ...by }, at, { deadline, refuse }),
        setProcessing: (given: Given<ProcessingCommand>, key?: string) =>
          commands.setProcessing(id, { ...given, ...by }, { deadline, key }),
        /** Starts the submission that continues this one. */
        goOnAs: (input: Omit<SubmissionInput, 'submission'>) => submissions.start({ ...input, submission }, deadline),
        goesOnAs: async (other: SubmissionId) => (await submissions.find(other, deadline)) !== undefined,
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
}

/** The latest date in the view: changes hidden from the person don't count. */
function latestIn({ lastUpdatedAt, verdicts = [], reviews }: SubmissionView, editedAt = lastUpdatedAt): string {
  const dates = [
    lastUpdatedAt,
    editedAt,
    ...verdicts.map(({ decidedAt }) => decidedAt),
    ...reviews.map(({ at }) => at),
  ];
  return dates.reduce(later);
}
