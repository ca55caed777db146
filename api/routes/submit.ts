import { z } from 'zod';
import { rulesOf } from '../../contract/call/call.ts';
import { describeIssues } from '../../contract/http/issues.ts';
import { type StatusDocument, submittedDocumentSchema } from '../../contract/http/status.ts';
import { type Submission, submissionSchema, submissionSchemaFor } from '../../contract/submission.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Deadline } from '../../process/deadline.ts';
import type { Existing } from '../../temporal/submissions/find-submission.ts';
import { answerDeadline } from '../http/answer-deadline.ts';
import { assertPreconditions, nothingThere } from '../http/preconditions.ts';
import { polling } from '../openapi/headers.ts';
import { idempotencyKeyOf, keyReused } from '../request/idempotency-key.ts';
import { readJson } from '../request/json-content.ts';
import type { Asked } from '../routing/definition.ts';
import { route } from '../routing/route.ts';
import { running, submissionTo } from './examples.ts';
import type { SubmissionDependencies } from './submission-dependencies.ts';

const definition = {
  route: 'POST /api/submissions',
  operationId: 'submit',
  who: 'anyone',
  summary: 'Submit a talk',
  description: 'Up to 64 KiB. What is not valid starts nothing. The URL to poll works at once.',
  takes: {
    rawBody: { Submission: submissionSchemaFor },
    description: 'One talk. Text is trimmed and normalised to NFC, and not changed otherwise',
    example: submissionTo,
  },
  gives: {
    202: {
      description: 'It is received, and is being processed',
      body: { SubmittedDocument: submittedDocumentSchema },
      headers: polling,
      links: ['readStatus', 'readStatusHeaders', 'withdraw'],
      example: { ...running, speakerToken: '1.3q2-7wJ0a1sYk7yqN8dXn2lV0o4m5b6c7d8e9f0g1h2' },
    },
  },
  refuses: [
    'call-not-open',
    'call-closed',
    'too-many-submissions',
    'erased',
    'invalid-submission',
    'idempotency-key-reused',
    'too-many-requests',
  ],
} as const;

type Refuse = Asked<typeof definition>['refuse'];

/**
 * Milliseconds after which a retry is told the status alone: by then no client still waits for the answer that was lost,
 * and keys and requests lie in logs and inboxes that others read too (contract H12).
 */
const tokenWindow = 24 * 3_600_000;

export const submit = route(definition, (dependencies: SubmissionDependencies) => {
  const { call, ids, tokens, quota, submissions, reader, limits, guesses, answers, addressOf, now } = dependencies;
  const schema = submissionSchemaFor(call);
  const rules = rulesOf(call);
  const places = call.limits.submissionsPerSpeaker;

  return async (asked) => {
    const { c, refuse } = asked;
    const address = addressOf(c);
    if (await limits.isSpent('submit', address)) await limits.charge('submit', address);
    // What can't be one is counted as a guess: it takes no submit from others at the same address.
    const content = await readPossible(asked).catch((error: unknown) => guesses.refuse(address, error));
    await limits.charge('submit', address);
    const deadline = answerDeadline();
    const key = idempotencyKeyOf(c);
    const email = emailIn(content);
    const id = key === undefined || email === undefined ? ids.random() : ids.ofSubmission(key, email);
    const since = reader.now();

    const isDone = async () => key !== undefined && (await submissions.find(id, deadline)) !== undefined;
    await assertPreconditions(asked, nothingThere, isDone);
    const checked = await check(content, id, deadline);
    if (typeof checked === 'function') {
      // A retry of what was taken, and whose answer was lost on the way, is answered still: when the call has closed
      // meanwhile, and when its file has changed. What no call would take can't be one.
      const mayBeRetry = key !== undefined && submissionSchema.safeParse(content).success;
      const earlier = mayBeRetry ? await submissions.find(id, deadline) : undefined;
      if (earlier === 'erased') return refuse('erased');
      if (earlier && isSame(earlier, content)) return accept(id, earlier.status, since);
      return checked(refuse);
    }
    return accept(id, await start({ id, content, deadline, refuse }, checked), since);
  };

  /** Refuses what this call doesn't take, and none ever did under the key of a retry. */
  async function readPossible({ c, refuse }: Asked<typeof definition>): Promise<unknown> {
    const content = await readJson(c.req);
    const valid = schema.safeParse(content);
    const mayBeRetry = idempotencyKeyOf(c) !== undefined && submissionSchema.safeParse(content).success;
    return valid.success || mayBeRetry ? content : refuseInvalid(valid.error, content)(refuse);
  }

  async function start(
    { id, content, deadline, refuse }: { id: SubmissionId; content: unknown; deadline: Deadline; refuse: Refuse },
    { submission, giveBack }: Checked,
  ): Promise<StatusDocument> {
    try {
      const fingerprint = ids.fingerprint(content);
      const input = { id, createdAt: now().toISOString(), submission, fingerprint, rules };
      const started = await submissions.start(input, deadline);
      if (started.kind === 'erased') return refuse('erased');
      if (started.kind === 'exists' && !isSame(started, content)) return keyReused(refuse);
      // The retry of what was withdrawn, and had no place any more.
      if (started.status.status === 'Canceled') await giveBack();
      return started.status;
    } catch (error) {
      // Perhaps it was started all the same. Then the speaker has one place more: better than one less. Nobody waits for it:
      // the time of the answer is used up.
      giveBack().catch(() => undefined);
      throw error;
    }
  }

  /** The reader learns what the client is told: its next poll must not find an older copy (contract H2, H14). */
  function accept(id: SubmissionId, document: StatusDocument, since: number) {
    reader.remember(id, document, since);
    const age = now().getTime() - Date.parse(document.createdAt);
    return answers.accepted(document, age < tokenWindow ? { speakerToken: tokens.of(id) } : {});
  }

  function isSame({ fingerprint }: Existing, content: unknown): boolean {
    try {
      return ids.fingerprint(content) === fingerprint;
    } catch {
      // Nested too deep for any fingerprint, or with a number that is none in JSON: no valid submission is like that.
      return false;
    }
  }

  /** What is valid, in time, and has a place; or how it is refused. */
  async function check(
    content: unknown,
    id: SubmissionId,
    deadline: Deadline,
  ): Promise<Checked | ((refuse: Refuse) => never)> {
    const valid = schema.safeParse(content);
    if (!valid.success) return refuseInvalid(valid.error, content);
    const { opens, closes } = call;
    if (now() < new Date(opens)) return (refuse) => refuse('call-not-open', { opens, closes });
    if (now() >= new Date(closes)) return (refuse) => refuse('call-closed', { opens, closes });
    if (places === undefined) return { submission: valid.data, giveBack: async () => undefined };

    const speaker = ids.speaker(valid.data.speaker.email);
    const place = await quota.take(speaker, id, places, deadline);
    if (place === 'none')
      return (refuse) => refuse('too-many-submissions', { detail: `The call takes ${places} talks of one speaker.` });
    // The place of a submission that is there stays, whatever becomes of its retry.
    const giveBack = async () => (place === 'taken' ? quota.release(speaker, id) : undefined);
    return { submission: valid.data, giveBack };
  }
});

/** `giveBack` gives back the place of the speaker, if one was taken just now. */
type Checked = { submission: Submission; giveBack: () => Promise<void> };

const withEmail = z.object({ speaker: z.object({ email: z.string() }) });

/** The speaker's address as it was sent. Without one no content is valid. */
function emailIn(content: unknown): string | undefined {
  return withEmail.safeParse(content).data?.speaker.email;
}

function refuseInvalid(error: z.ZodError, content: unknown) {
  return (refuse: Refuse) => refuse('invalid-submission', { errors: describeIssues(error.issues, content) });
}
