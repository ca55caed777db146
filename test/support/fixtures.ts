import type { Access } from '../../api/people/access.ts';
import { type Call, callSchema, rulesOf } from '../../contract/call/call.ts';
import { type MessageId, parseMessageId } from '../../contract/mail/message-id.ts';
import { type Submission, submissionSchemaFor } from '../../contract/submission.ts';
import { parseSubmissionId, type SubmissionId } from '../../contract/submission-id.ts';
import { inputVersion, type SubmissionInput } from '../../contract/workflow/submission-input.ts';

export const publicUrl = 'https://cfs.example.org';

export const speakerTokenKeys = [{ id: '1', secret: 'another-secret-for-tests-of-32-or-more-characters' }];

/** Of the people who have a token in the tests. */
export const tokens = { organiser: 'token-of-the-organiser', reviewer: 'token-of-the-reviewer' };

export const access: Access = (token) =>
  ({
    [tokens.organiser]: { name: 'Olga', role: 'organiser' } as const,
    [tokens.reviewer]: { name: 'Rita', role: 'reviewer' } as const,
  })[token];

export const idSecret = 'a-secret-for-tests-of-32-or-more-characters';

/** A call that takes anything reasonable, at once. */
export function aCall(change: Record<string, unknown> = {}): Call {
  return callSchema.parse({
    name: 'Test Conf',
    contact: 'programme@example.org',
    opens: '2020-01-01T00:00:00Z',
    closes: '2099-12-31T23:59:59Z',
    tracks: ['web', 'data'],
    formats: ['talk', 'workshop'],
    criteria: [
      { id: 'substance', question: 'Is there enough to judge by?', weight: 1, measure: { kind: 'words', enough: 20 } },
    ],
    stages: {
      moderation: {
        ...{ policy: { kind: 'automatic' }, languages: ['en'], maxLinks: 1, minWords: 5 },
        checks: { length: 'reject', links: 'reject', language: 'reject' },
      },
      shortlisting: { policy: { kind: 'automatic' }, floor: 1 },
      selection: { policy: { kind: 'automatic' }, bar: 3 },
    },
    ...change,
  });
}

/** The same call, each verdict kept back for so long (a duration as in the call's file). */
export function aSlowCall(after: string, change: Record<string, unknown> = {}): Call {
  const { stages } = aCall();
  const policy = { kind: 'automatic', after };
  return aCall({
    stages: {
      moderation: { ...stages.moderation, policy },
      shortlisting: { ...stages.shortlisting, policy },
      selection: { ...stages.selection, policy },
    },
    ...change,
  });
}

/** Words that must never be seen outside: whatever leaves is searched for them. */
export const planted = {
  email: 'planted-email@example.org',
  name: 'Planted Name',
  bio: 'Planted bio of the speaker.',
  notes: 'Planted notes for the committee.',
};

export function aRequest(change: Record<string, unknown> = {}) {
  return {
    title: 'A talk about waiting',
    description:
      'We moved a review process with long waits to durable workflows, and I show what became simpler, what did not, and why.',
    track: 'web',
    speaker: { name: planted.name, email: planted.email, bio: planted.bio },
    notes: planted.notes,
    ...change,
  };
}

/** One that the call's moderation rejects: it has too few words. */
export const aRequestToRejectAtOnce = () => aRequest({ description: 'Unquestionably insufficient.' });

/** One that the call's bar is too high for. */
export const aRequestToReject = () => aRequest({ description: 'It is short, but it has five words.' });

export function aSubmission(change: Record<string, unknown> = {}): Submission {
  return submissionSchemaFor(aCall()).parse(aRequest(change));
}

export function anId(seed: number): SubmissionId {
  const id = parseSubmissionId(seed.toString(16).padStart(32, '0'));
  if (!id) throw new Error(`${seed} makes no id`);
  return id;
}

/** @throws Error where what a test was answered is no id */
export function idOf(text: string): SubmissionId {
  const id = parseSubmissionId(text);
  if (!id) throw new Error(`${text} is no id`);
  return id;
}

/** @throws Error where a test has written down what is no id of a message */
export function messageIdIn(text: string): MessageId {
  const id = parseMessageId(text);
  if (!id) throw new Error(`${text} is no id of a message`);
  return id;
}

export function anInput(change: Partial<SubmissionInput> = {}): SubmissionInput {
  return {
    version: inputVersion,
    id: anId(1),
    createdAt: '2026-11-01T12:00:00.000Z',
    submission: aSubmission(),
    fingerprint: 'fingerprint',
    // Letters have the title and the name in them.
    proved: true,
    rules: rulesOf(aCall()),
    ...change,
  };
}

const automatic = { kind: 'automatic', after: '1s' };
/** A call as its file says it, with waits that are long enough to be killed in. */
export const callFile = {
  name: 'Fault Conf',
  contact: 'programme@example.org',
  opens: '2020-01-01T00:00:00Z',
  closes: '2099-12-31T23:59:59Z',
  tracks: ['web'],
  formats: ['talk'],
  criteria: [{ id: 'substance', question: 'Enough?', weight: 1, measure: { kind: 'words', enough: 20 } }],
  stages: {
    moderation: { policy: automatic, languages: ['en'], maxLinks: 1, minWords: 5 },
    shortlisting: { policy: automatic, floor: 1 },
    selection: { policy: automatic, bar: 3 },
  },
};
