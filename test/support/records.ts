import { initialState } from '../../contract/initial-state.ts';
import type { Channel } from '../../contract/mail/message.ts';
import { messageIdOf } from '../../contract/mail/message-id.ts';
import { isForSpeaker, type Release } from '../../contract/mail/releases.ts';
import type { SubmissionRecord } from '../../contract/record.ts';
import { type Stage, stages } from '../../contract/stages.ts';
import type { StageVerdict, SubmissionState } from '../../contract/state.ts';
import type { Submission } from '../../contract/submission.ts';
import type { NewMessage } from '../../store/messages/write-messages.ts';
import { anId, anInput, aSubmission } from './fixtures.ts';

export function aVerdict(stage: Stage, change: Partial<StageVerdict> = {}): StageVerdict {
  const decidedAt = '2026-11-01T12:00:00.000Z';
  const reasons = [{ code: 'fine', detail: 'It is fine.' }];
  return { stage, outcome: 'passed', reasons, decidedAt, number: stages.indexOf(stage) + 2, ...change };
}

/** In moderation, unless it is said otherwise. */
export function aRecord(
  seed: number,
  change: Partial<SubmissionState> = {},
  submission: Submission = aSubmission(),
): SubmissionRecord {
  const { fingerprint, ...input } = anInput({ id: anId(seed) });
  const isOver = change.conclusion && !change.attendance ? { isOver: true as const } : {};
  const state = { ...initialState(input), stage: 'moderation' as const, revision: 1, ...isOver, ...change };
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

/** To the speaker of a record with the same seed, or to the organisers. */
export function aMessageAbout<Name extends Release['name']>(
  seed: number,
  name: Name,
  { channel = 'email', revision = 1, ...more }: { channel?: Channel; revision?: number; overtaken?: string } = {},
): NewMessage {
  const release = { name, number: 1, at: '2026-11-01T12:00:00.000Z', revision };
  const [title, call] = ['A talk', { name: 'Test Conf', contact: 'programme@example.org' }];
  const fields = { release, submission: anId(seed), title, call: call.name };
  const content: NewMessage['content'] = isForSpeaker(release)
    ? {
        kind: 'speaker',
        fields: {
          ...{ to: 'ada@example.net', release, call, title, speaker: { name: 'Ada' } },
          ...{ feedback: [], brokenRules: [], template: release.name },
        },
      }
    : { kind: 'organisers', fields };
  return { id: messageIdOf(anId(seed), name, channel), release: name, channel, content, ...more };
}
