import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { type Call, rulesOf } from '../../contract/call/call.ts';
import { describeIssues } from '../../contract/http/issues.ts';
import type { StatusDocument } from '../../contract/http/status.ts';
import { type Submission, submissionSchema, submissionSchemaFor } from '../../contract/submission.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Deadline } from '../../process/deadline.ts';
import type { SpeakerTokens } from '../../process/speaker-tokens.ts';
import type { Existing } from '../../temporal/submissions/find-submission.ts';
import { answerDeadline } from '../http/answer-deadline.ts';
import { assertPreconditions, nothingThere } from '../http/preconditions.ts';
import { Refusal } from '../http/refusal.ts';
import type { createIds } from '../ids.ts';
import type { Guesses } from '../limits/guesses.ts';
import type { Limits } from '../limits/limits.ts';
import type { SpeakerQuota } from '../limits/speaker-quota.ts';
import { idempotencyKeyOf, keyReused } from '../request/idempotency-key.ts';
import { readJson } from '../request/json-content.ts';
import { limitContent } from '../request/limit-content.ts';
import type { RecordedSubmissions } from '../status/recorded-submissions.ts';
import type { StatusAnswers } from '../status/status-answers.ts';
import type { StatusReader } from '../status/status-reader.ts';

export type SubmitDependencies = {
  call: Call;
  ids: ReturnType<typeof createIds>;
  tokens: SpeakerTokens;
  quota: SpeakerQuota;
  submissions: Pick<RecordedSubmissions, 'start' | 'find'>;
  reader: StatusReader;
  limits: Limits;
  guesses: Guesses;
  answers: StatusAnswers;
  addressOf: (c: Context) => string;
  now: () => Date;
};

/**
 * Milliseconds after which a retry is told the status alone: by then no client still waits for the answer that was lost,
 * and keys and requests lie in logs and inboxes that others read too (contract H12).
 */
const tokenWindow = 24 * 3_600_000;

export function submitRoute(dependencies: SubmitDependencies) {
  const { call, ids, tokens, quota, submissions, reader, limits, guesses, answers, addressOf, now } = dependencies;
  const schema = submissionSchemaFor(call);
  const rules = rulesOf(call);
  const places = call.limits.submissionsPerSpeaker;

  return new Hono().post('/', limitContent, async (c) => {
    const address = addressOf(c);
    if (await limits.isSpent('submit', address)) await limits.charge('submit', address);
    // What can't be one is counted as a guess: it takes no submit from others at the same address.
    const content = await readPossible(c).catch((error: unknown) => guesses.refuse(address, error));
    await limits.charge('submit', address);
    const deadline = answerDeadline();
    const key = idempotencyKeyOf(c);
    const email = emailIn(content);
    const id = key === undefined || email === undefined ? ids.random() : ids.ofSubmission(key, email);
    const since = reader.now();

    const isDone = async () => key !== undefined && (await submissions.find(id, deadline)) !== undefined;
    await assertPreconditions(c, nothingThere, isDone);
    const checked = await check(content, id, deadline);
    if (checked instanceof Refusal) {
      // A retry of what was taken, and whose answer was lost on the way, is answered still: when the call has closed
      // meanwhile, and when its file has changed. What no call would take can't be one.
      const mayBeRetry = key !== undefined && submissionSchema.safeParse(content).success;
      const earlier = mayBeRetry ? await submissions.find(id, deadline) : undefined;
      if (earlier === 'erased') throw new Refusal('erased');
      if (earlier && isSame(earlier, content)) return accept(c, id, earlier.status, since);
      throw checked;
    }
    return accept(c, id, await start(id, checked, content, deadline), since);
  });

  /** @throws Refusal for what this call doesn't take, and none ever did under the key of a retry */
  async function readPossible(c: Context): Promise<unknown> {
    const content = await readJson(c.req);
    const valid = schema.safeParse(content);
    const mayBeRetry = idempotencyKeyOf(c) !== undefined && submissionSchema.safeParse(content).success;
    if (valid.success || mayBeRetry) return content;
    throw refusalOf(valid.error, content);
  }

  /** @throws Refusal when the key was used for another request */
  async function start(
    id: SubmissionId,
    { submission, giveBack }: Checked,
    content: unknown,
    deadline: Deadline,
  ): Promise<StatusDocument> {
    try {
      const fingerprint = ids.fingerprint(content);
      const input = { id, createdAt: now().toISOString(), submission, fingerprint, rules };
      const started = await submissions.start(input, deadline);
      if (started.kind === 'erased') throw new Refusal('erased');
      if (started.kind === 'exists' && !isSame(started, content)) throw keyReused();
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
  function accept(c: Context, id: SubmissionId, document: StatusDocument, since: number): Response {
    reader.remember(id, document, since);
    const age = now().getTime() - Date.parse(document.createdAt);
    return answers.accepted(c, document, age < tokenWindow ? { speakerToken: tokens.of(id) } : {});
  }

  function isSame({ fingerprint }: Existing, content: unknown): boolean {
    try {
      return ids.fingerprint(content) === fingerprint;
    } catch {
      // Nested too deep for any fingerprint, or with a number that is none in JSON: no valid submission is like that.
      return false;
    }
  }

  /** What is valid, in time, and has a place; or why it is refused. */
  async function check(content: unknown, id: SubmissionId, deadline: Deadline): Promise<Checked | Refusal> {
    const valid = schema.safeParse(content);
    if (!valid.success) return refusalOf(valid.error, content);
    const { opens, closes } = call;
    if (now() < new Date(opens)) return new Refusal('call-not-open', { opens, closes });
    if (now() >= new Date(closes)) return new Refusal('call-closed', { opens, closes });
    if (places === undefined) return { submission: valid.data, giveBack: async () => undefined };

    const speaker = ids.speaker(valid.data.speaker.email);
    const place = await quota.take(speaker, id, places, deadline);
    if (place === 'none')
      return new Refusal('too-many-submissions', { detail: `The call takes ${places} talks of one speaker.` });
    // The place of a submission that is there stays, whatever becomes of its retry.
    const giveBack = async () => (place === 'taken' ? quota.release(speaker, id) : undefined);
    return { submission: valid.data, giveBack };
  }
}

/** `giveBack` gives back the place of the speaker, if one was taken just now. */
type Checked = { submission: Submission; giveBack: () => Promise<void> };

const withEmail = z.object({ speaker: z.object({ email: z.string() }) });

/** The speaker's address as it was sent. Without one no content is valid. */
function emailIn(content: unknown): string | undefined {
  return withEmail.safeParse(content).data?.speaker.email;
}

function refusalOf(error: z.ZodError, content: unknown): Refusal {
  return new Refusal('invalid-submission', { errors: describeIssues(error.issues, content) });
}
