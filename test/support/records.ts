import { initialState } from '../../contract/initial-state.ts';
import { messageIdOf } from '../../contract/mail/message-id.ts';
import type { SubmissionRecord } from '../../contract/record.ts';
import { type Stage, stages } from '../../contract/stages.ts';
import type { StageVerdict, SubmissionState } from '../../contract/state.ts';
import type { Submission } from '../../contract/submission.ts';
import type { Writer } from '../../contract/workflow/recordable.ts';
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
      release: { name: 'withdrawn', number: 1, at: '2026-11-01T12:00:00.000Z' },
      submission: anId(seed),
      title: 'A talk',
      call: 'Test Conf',
    },
  },
});

/** The one run that writes, unless a test is about several. */
export const aWriter: Writer = { run: 'the-run', known: 0 };
