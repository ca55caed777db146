/** What an organiser or a reviewer may see of a submission: field by field, by role. */
import type { Call } from '../../contract/call/call.ts';
import type { HideableField } from '../../contract/call/visibility.ts';
import type { Person } from '../../contract/committee/person.ts';
import { panelNumbers } from '../../contract/committee/scores.ts';
import type { ListedSubmission, PossibleConflict } from '../../contract/http/listed-submission.ts';
import type { SubmissionView } from '../../contract/http/submission-view.ts';
import type { Versions } from '../../contract/http/versions.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';
import {
  attendanceOf,
  awaits,
  conclusionOf,
  editedAt,
  editionOf,
  isOver,
  isStuck,
  panelAtWork,
  recheckOf,
  stageOf,
  stillNamed,
  workOf,
} from '../../contract/record.ts';
import type { Stage } from '../../contract/stages.ts';
import type { SubmissionState } from '../../contract/state.ts';
import type { Submission } from '../../contract/submission.ts';
import type { Version } from '../../contract/workflow/version.ts';
import type { Listed } from '../../store/list/list.ts';
import { type Editions, editionsFor } from './editions.ts';

export type View = ReturnType<typeof createView>;

type CoSpeaker = NonNullable<Submission['coSpeakers']>[number];
type Text = Omit<Version, 'revision'>;

/** With the possible conflicts that the person may know of, where they were read. */
type Seen = Omit<Listed, 'parties'> & { possibleConflicts?: PossibleConflict[] };

export function createView({ shownTo, organisersSeeReviews }: Pick<Call, 'shownTo' | 'organisersSeeReviews'>) {
  function listed(person: Person, { submission, state, flags, possibleConflicts = [] }: Seen): ListedSubmission {
    const { id, code, createdAt, lastUpdatedAt, verdicts } = state;
    const edition = editionsOf(person, state).current;
    const decided =
      person.role === 'organiser'
        ? {
            code,
            outcome: conclusionOf(state)?.kind,
            attendance: attendanceOf(state)?.answer,
            verdicts,
            flags,
            awaits: isOver(state) ? undefined : awaits(state),
            referral: referralOf(state),
            isStuck: isStuck(state) ? (true as const) : undefined,
          }
        : {};
    return omitUndefined({
      id,
      createdAt,
      edition: edition > 1 ? edition : undefined,
      lastUpdatedAt,
      stage: stageOf(state),
      panel: panelOf(person, state),
      ...decided,
      possibleConflicts: possibleConflicts.length > 0 ? possibleConflicts : undefined,
      submission: withoutHidden(submission, state, new Set(shownTo[person.role])),
    });
  }

  /** Shown while the panel takes reviews; to organisers also afterwards. */
  function panelOf(person: Person, state: SubmissionState): ListedSubmission['panel'] {
    const { reviews = [], reviewers = [] } = state;
    const panel = panelAtWork(state);
    if (panel === undefined && person.role !== 'organiser') return undefined;
    const stage = panel?.stage ?? reviewers.at(-1)?.stage;
    if (stage === undefined) return undefined;
    const { reviews: count, ...numbers } = panelNumbers(reviews, stage);
    const seen = seesReviews(person, state, stage) ? numbers : {};
    return omitUndefined({ stage, due: panel?.due, reviews: count, ...seen });
  }

  /** Reviewers see the reviews of others only after giving their own, so as not to be influenced. */
  function seesReviews({ name, role }: Person, { reviews = [], verdicts }: SubmissionState, of: Stage): boolean {
    if (reviews.some(({ by, stage }) => by === name && stage === of)) return true;
    return seesAllReviews({ role }) || (role === 'organiser' && verdicts.some(({ stage }) => stage === of));
  }

  /** Also before giving their own; then they must score first, or not at all (`contract/committee/may-score.ts`). */
  function seesAllReviews({ role }: Pick<Person, 'role'>): boolean {
    return role === 'organiser' && organisersSeeReviews === 'at-once';
  }

  function reviewsFor(person: Person, state: SubmissionState): SubmissionView['reviews'] {
    const { current, numberOf } = editionsOf(person, state);
    return (state.reviews ?? [])
      .filter(({ stage }) => seesReviews(person, state, stage))
      .map(({ edition = 1, textsOnRecord: _, ...review }) => {
        const number = numberOf(edition);
        return omitUndefined({
          ...review,
          edition: number > 1 ? number : undefined,
          isStale: number < current ? (true as const) : undefined,
        });
      });
  }

  function editionsOf({ role }: Person, state: SubmissionState): Editions {
    return editionsFor(state, new Set(shownTo[role]));
  }

  return {
    listed,
    seesAllReviews,

    one: (person: Person, item: Seen): SubmissionView => ({
      ...listed(person, item),
      reviews: reviewsFor(person, item.state),
    }),

    /** When what the person sees of the text was edited last. */
    editedAt: (person: Person, state: SubmissionState): string | undefined => editionsOf(person, state).at,

    /** The texts on record, and the one that stands, in what the person sees of them. */
    versions(person: Person, item: Pick<Listed, 'submission' | 'state'>, onRecord: readonly Text[]): Versions['items'] {
      const { state, submission } = item;
      const { numberOf, changedIn } = editionsOf(person, state);
      const standing = { number: editionOf(state), at: editedAt(state), submission };
      const texts = [...onRecord.filter(({ number }) => number < standing.number), standing];
      return texts.flatMap(({ number, at, submission }) => {
        const changed = changedIn(number);
        if (changed === undefined) return [];
        const seen = withoutHidden(submission, {}, new Set(shownTo[person.role]));
        return [
          omitUndefined({
            number: numberOf(number),
            at,
            changed: changed.length > 0 ? changed : undefined,
            submission: seen,
          }),
        ];
      });
    },
  };
}

function referralOf(state: SubmissionState): ListedSubmission['referral'] {
  const work = workOf(state);
  const recheck = recheckOf(state);
  if (recheck) return { due: recheck.due, whenDue: recheck.whenDue, findings: recheck.findings };
  if (work?.kind !== 'referral') return undefined;
  const { due, whenDue, verdict } = work;
  return { due, whenDue, findings: verdict.findings ?? [] };
}

/** Names each field, so that a new one is hidden until it is added here. */
function withoutHidden(
  submission: Submission,
  state: Pick<SubmissionState, 'coSpeakers'>,
  shown: ReadonlySet<HideableField>,
): ListedSubmission['submission'] {
  const { title, description, track, format, level, language, speaker, coSpeakers, links, notes, consents } =
    submission;
  const ifShown = <Value>(field: HideableField, value: Value) => (shown.has(field) ? value : undefined);
  const seen = omitUndefined({
    name: ifShown('speaker.name', speaker.name),
    email: ifShown('speaker.email', speaker.email),
    bio: ifShown('speaker.bio', speaker.bio),
    country: ifShown('speaker.country', speaker.country),
  });
  return omitUndefined({
    title,
    description,
    track,
    format,
    level,
    language,
    speaker: Object.keys(seen).length > 0 ? seen : undefined,
    coSpeakers: ifShown('coSpeakers', coSpeakers?.map(withAnswer)),
    links: ifShown('links', links),
    notes: ifShown('notes', notes),
    consents: ifShown('consents', consents),
  });

  function withAnswer(one: CoSpeaker) {
    const invited = stillNamed(submission, state).find(({ email }) => email === one.email);
    return invited ? { ...one, answer: invited.answer ?? ('invited' as const) } : one;
  }
}
