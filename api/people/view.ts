/** What an organiser or a reviewer may see of a submission: field by field, by role. */
import type { Call } from '../../contract/call/call.ts';
import type { HideableField } from '../../contract/call/visibility.ts';
import type { Person } from '../../contract/committee/person.ts';
import { panelNumbers } from '../../contract/committee/scores.ts';
import type { ListedSubmission, PossibleConflict } from '../../contract/http/listed-submission.ts';
import type { SubmissionView } from '../../contract/http/submission-view.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';
import {
  attendanceOf,
  awaits,
  conclusionOf,
  isOver,
  isStuck,
  panelAtWork,
  stageOf,
  stillNamed,
  workOf,
} from '../../contract/record.ts';
import type { Stage } from '../../contract/stages.ts';
import type { Review, SubmissionState } from '../../contract/state.ts';
import type { Submission } from '../../contract/submission.ts';
import type { Listed } from '../../store/list/list.ts';

export type View = ReturnType<typeof createView>;

type CoSpeaker = NonNullable<Submission['coSpeakers']>[number];

/** With the possible conflicts that the person may know of, where they were read. */
type Seen = Omit<Listed, 'parties'> & { possibleConflicts?: PossibleConflict[] };

export function createView({ shownTo, organisersSeeReviews }: Pick<Call, 'shownTo' | 'organisersSeeReviews'>) {
  function listed(person: Person, { submission, state, flags, possibleConflicts = [] }: Seen): ListedSubmission {
    const { id, createdAt, lastUpdatedAt, verdicts } = state;
    const decided =
      person.role === 'organiser'
        ? {
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

  function reviewsFor(person: Person, state: SubmissionState): Review[] {
    return (state.reviews ?? []).filter(({ stage }) => seesReviews(person, state, stage));
  }

  return {
    listed,
    seesAllReviews,

    one: (person: Person, item: Seen): SubmissionView => ({
      ...listed(person, item),
      reviews: reviewsFor(person, item.state),
    }),
  };
}

function referralOf(state: SubmissionState): ListedSubmission['referral'] {
  const work = workOf(state);
  if (work?.kind !== 'referral') return undefined;
  const { due, whenDue, verdict } = work;
  return { due, whenDue, findings: verdict.findings ?? [] };
}

/** Names each field, so that a new one is hidden until it is added here. */
function withoutHidden(
  submission: Submission,
  state: SubmissionState,
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
