import type { Call } from '../../contract/call/call.ts';
import { editableFields } from '../../contract/call/editable-fields.ts';
import type { ListedSubmission } from '../../contract/http/listed-submission.ts';
import type { Operation } from '../../contract/http/operation.ts';
import type { StatusDocument } from '../../contract/http/status.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';

export const running = {
  id: 'e43f0b35021003f5d078eaced4f89582',
  status: 'Running',
  stage: 'shortlisting',
  createdAt: '2026-11-23T07:14:01.182Z',
  lastUpdatedAt: '2026-11-23T07:14:05.507Z',
  progress: { completed: 1, total: 3 },
} satisfies StatusDocument;

export const aSpeakerToken = '1.3q2-7wJ0a1sYk7yqN8dXn2lV0o4m5b6c7d8e9f0g1h2';

export const accepted = {
  ...running,
  status: 'Succeeded',
  stage: 'selection',
  lastUpdatedAt: '2026-11-23T07:14:09.592Z',
  progress: { completed: 3, total: 3 },
  result: { outcome: 'accepted' },
} satisfies StatusDocument;

export const withdrawn = {
  ...running,
  status: 'Canceled',
  lastUpdatedAt: '2026-11-23T07:14:06.010Z',
} satisfies StatusDocument;

/** A position in a list, as in `next`. */
export const aCursor = 'uTQ1mYVf3W8v6kS0cJx2hA9nB4pLrE7dZqXoGi5s';

export const listed = {
  id: running.id,
  code: 'BCDF-GHJK',
  createdAt: running.createdAt,
  lastUpdatedAt: running.lastUpdatedAt,
  stage: 'shortlisting',
  verdicts: [
    {
      stage: 'moderation',
      outcome: 'passed',
      reasons: [{ code: 'no-objection', detail: 'Length, links, words and language are in order.' }],
      decidedAt: running.lastUpdatedAt,
      number: 2,
    },
  ],
  flags: [{ flag: 'same-speaker', other: '8c4a346a0853d91a8a532b6790729547' }],
  submission: {
    title: 'What ninety days of waiting taught us',
    description: 'Our reviewers need weeks, our deployments need minutes.',
    track: 'architecture',
    format: 'talk',
    speaker: { name: 'Ada Lovelace', email: 'ada@example.org' },
  },
} satisfies ListedSubmission;

/** A valid submission to the call. */
export function submissionTo({ tracks, formats, consents }: Pick<Call, 'tracks' | 'formats' | 'consents'>) {
  return omitUndefined({
    title: 'What ninety days of waiting taught us',
    description:
      'Our reviewers need weeks, our deployments need minutes. I show how we moved a review process with long waits to durable workflows, what broke on the way, and what we would do again.',
    track: tracks[0],
    speaker: {
      name: 'Ada Lovelace',
      email: 'ada@example.org',
      bio: 'Writes programs for machines that are not there yet.',
    },
    format: formats[0],
    level: 'intermediate',
    language: 'en',
    links: ['https://example.org/talks/waiting'],
    consents: consents.length > 0 ? Object.fromEntries(consents.map(({ id, version }) => [id, version])) : undefined,
  });
}

export const runningOperation = {
  id: '8c4a346a0853d91a8a532b6790729547',
  status: 'Running',
  createdAt: listed.createdAt,
  lastUpdatedAt: listed.createdAt,
  progress: { completed: 25, total: 80 },
} satisfies Operation;

export const message = {
  id: `${listed.id}.accepted.email`,
  submission: listed.id,
  release: 'accepted',
  channel: 'email',
  state: 'parked',
  attempts: 1,
  detail: 'An attempt was interrupted: it may have been sent, or not.',
  createdAt: listed.createdAt,
  updatedAt: listed.createdAt,
};

/** What stands of it, as its speaker reads it. */
export const proposalTo = (call: Call) => ({
  ...submissionTo(call),
  version: 1,
  about: {
    isProved: true,
    editable: editableFields,
    editableUntil: '2099-12-31T22:59:59.000Z',
    reminders: 'on',
    coSpeakers: [],
  },
});
