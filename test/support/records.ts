import { initialState } from '../../contract/initial-state.ts';
import type { Channel } from '../../contract/mail/message.ts';
import { type MessageId, messageIdOf } from '../../contract/mail/message-id.ts';
import { isForSpeaker, type Release } from '../../contract/mail/releases.ts';
import { type Conclusion, type SubmissionRecord, verdictOf } from '../../contract/record.ts';
import { type Stage, type SubmissionStage, stages } from '../../contract/stages.ts';
import type { Attendance, Course, Dates, FreeSlot, StageVerdict, SubmissionState } from '../../contract/state.ts';
import type { Submission } from '../../contract/submission.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Writer } from '../../contract/workflow/recordable.ts';
import type { NewMessage } from '../../store/messages/write-messages.ts';
import { everything } from '../../store/sight.ts';
import type { Store } from '../../store/store.ts';
import { anId, anInput, aSubmission } from './fixtures.ts';

export function aVerdict(stage: Stage, change: Partial<StageVerdict> = {}): StageVerdict {
  const decidedAt = '2026-11-01T12:00:00.000Z';
  const reasons = [{ code: 'fine', detail: 'It is fine.' }];
  return { stage, outcome: 'passed', reasons, decidedAt, number: stages.indexOf(stage) + 2, ...change };
}

type Panel = Dates & { isEscalated?: true };

/** A state in a test's words: where it stands, in place of the course. */
export type Described = Partial<Omit<SubmissionState, 'course'>> & {
  stage?: SubmissionStage;
  panel?: Panel;
  isReleased?: true;
  isOnWaitlist?: true;
  /** Of one that was withdrawn or has declined. */
  slot?: FreeSlot;
  conclusion?: Conclusion;
  attendance?: Attendance;
};

export function aState(base: SubmissionState, described: Described = {}): SubmissionState {
  const { stage = 'moderation', panel, isReleased, isOnWaitlist, conclusion, attendance, slot, ...rest } = described;
  const verdicts = rest.verdicts ?? base.verdicts;
  return { ...base, ...rest, course: course() };

  function course(): Course {
    if (conclusion?.kind === 'failed') return { at: 'failed', stage, error: conclusion.error };
    if (conclusion?.kind === 'withdrawn') return { at: 'withdrawn', stage, ...(slot && { slot }) };
    if (stage === 'received') return { at: 'received' };
    if (conclusion?.kind === 'accepted')
      return { at: 'accepted', stage, ...(attendance && { attendance }), ...(slot && { slot }) };
    if (conclusion) return { at: conclusion.kind, stage };
    if (verdictOf({ stage, verdicts }))
      return { at: 'decided', stage, announced: isOnWaitlist ? 'on-waiting-list' : isReleased ? 'yes' : 'no' };
    return { at: 'stage', stage, since: base.createdAt, work: panel ? { kind: 'panel', ...panel } : { kind: 'begun' } };
  }
}

/** In moderation, unless it is said otherwise. */
export function aRecord(
  seed: number,
  change: Described = {},
  submission: Submission = aSubmission(),
): SubmissionRecord {
  const { fingerprint, ...input } = anInput({ id: anId(seed) });
  const state = aState(initialState(input), { revision: 1, ...change });
  return { submission, fingerprint, state };
}

/** For organisers, of a record with the same seed. */
export const aMessage = (seed: number): NewMessage => ({
  id: messageIdOf(anId(seed), 'withdrawn', 'email'),
  release: 'withdrawn',
  channel: 'email',
  content: {
    kind: 'organisers',
    fields: {
      release: { name: 'withdrawn', number: 1, revision: 1, at: '2026-11-01T12:00:00.000Z' },
      submission: anId(seed),
      title: 'A talk',
      call: 'Test Conf',
    },
  },
});

/** The one run that writes, unless a test is about several. */
export const aWriter: Writer = { run: 'the-run', known: 0 };
type About = { channel?: Channel; revision?: number; overtaken?: string; to?: string; origin?: string };

/** To the speaker of a record with the same seed, or to the organisers. */
export function aMessageAbout<Name extends Release['name']>(
  seed: number,
  name: Name,
  { channel = 'email', revision = 1, to = 'ada@example.net', origin, ...more }: About = {},
): NewMessage {
  const release = { name, number: 1, at: '2026-11-01T12:00:00.000Z', revision };
  const [title, call] = ['A talk', { name: 'Test Conf', contact: 'programme@example.org' }];
  const fields = { release, submission: anId(seed), title, call: call.name };
  const content: NewMessage['content'] = isForSpeaker(release)
    ? {
        kind: 'speaker',
        fields: {
          ...{ to, release, call, title, speaker: { name: 'Ada' } },
          ...{ feedback: [], brokenRules: [], template: release.name, ...(origin && { origin }) },
        },
      }
    : { kind: 'organisers', fields };
  return { id: messageIdOf(anId(seed), name, channel), release: name, channel, content, ...more };
}

/** The ids of the messages about a submission that are still to be sent. */
export async function pendingOf(store: Store, id: SubmissionId): Promise<MessageId[]> {
  const pending = await store.messages.after(undefined, ['pending'], 1_000, everything);
  return pending.filter(({ submission_id }) => submission_id === id).map((message) => message.id);
}
