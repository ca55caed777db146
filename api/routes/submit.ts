import type { Context } from 'hono';
import { z } from 'zod';
import { rulesOf } from '../../contract/call/call.ts';
import { describeIssues } from '../../contract/http/issues.ts';
import { type StatusDocument, submittedDocumentSchema } from '../../contract/http/status.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';
import { type Submission, submissionSchema, submissionSchemaFor } from '../../contract/submission.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { inputVersion } from '../../contract/workflow/submission-input.ts';
import type { Deadline } from '../../process/deadline.ts';
import type { Existing } from '../../temporal/submissions/find-submission.ts';
import { answerDeadline } from '../http/answer-deadline.ts';
import { assertPreconditions, nothingThere } from '../http/preconditions.ts';
import { polling } from '../http/response-headers.ts';
import { refuseBusy } from '../limits/refuse-busy.ts';
import { idempotencyKeyOf, keyReused } from '../request/idempotency-key.ts';
import { readJson } from '../request/json-content.ts';
import type { Asked } from '../routing/definition.ts';
import { route } from '../routing/route.ts';
import { aSpeakerToken, running, submissionTo } from './examples.ts';
import type { SubmissionDependencies } from './submission-dependencies.ts';

const definition = {
  route: 'POST /api/submissions',
  operationId: 'submit',
  who: 'anyone',
  summary: 'Submit a talk',
  description: 'At most 64 KiB. An invalid submission starts nothing. The URL to poll works at once.',
  takes: {
    query: z.object({
      'dry-run': z.literal('').optional().describe('Check the talk, and start nothing: the same problems, or `204`'),
    }),
    rawBody: { Submission: submissionSchemaFor },
    description: 'One talk. Text is trimmed and normalised to NFC, and otherwise unchanged',
    example: submissionTo,
  },
  gives: {
    202: {
      description: 'It was received, and is being processed',
      body: { SubmittedDocument: submittedDocumentSchema },
      headers: polling,
      links: ['readStatus', 'readStatusHeaders', 'withdraw'],
      example: { ...running, speakerToken: aSpeakerToken },
    },
    204: { description: 'With `dry-run`: it would have been received' },
  },
  refuses: [
    'call-not-open',
    'call-closed',
    'erased',
    'invalid-submission',
    'idempotency-key-reused',
    'too-many-requests',
  ],
} as const;

type Refuse = Asked<typeof definition>['refuse'];

/** A submit, from the API or a form. `read` and `key` are called once the request is charged for. */
export type Submit = {
  c: Context;
  refuse: Refuse;
  read: () => Promise<unknown>;
  key: () => string | undefined;
};

export type Accepted = { id: SubmissionId; document: StatusDocument; speakerToken?: string };

/**
 * Milliseconds after which a retry no longer gets the speaker token: no client still waits for a lost response then, and
 * keys and requests end up in logs and inboxes that others read (contract H12).
 */
const tokenWindow = 24 * 3_600_000;

export const submit = route(definition, (dependencies: SubmissionDependencies) => {
  const { answers } = dependencies;
  const receive = createReceive(dependencies);

  return async ({ c, refuse, query }) => {
    const read = () => readJson(c.req);
    if (query['dry-run'] !== undefined) {
      await receive.dryRun({ c, refuse, read, key: () => undefined });
      return { status: 204 };
    }
    const { document, speakerToken } = await receive.submit({ c, refuse, read, key: () => idempotencyKeyOf(c) });
    return answers.accepted(document, omitUndefined({ speakerToken }));
  };
});

/** What becomes of a submit, whichever way it came. */
export function createReceive(dependencies: ReceiveDependencies) {
  const { call, ids, runbook, tokens, submissions, reader, limits, guesses, admit, addressOf, now } = dependencies;
  const schema = submissionSchemaFor(call);
  const rules = rulesOf(call);

  return { submit, dryRun };

  async function submit(asked: Submit): Promise<Accepted> {
    const { refuse } = asked;
    const { content, valid, key } = await readCharged(asked);
    const deadline = answerDeadline();
    const email = key === undefined ? undefined : emailIn(content);
    const isIdRandom = key === undefined || email === undefined;
    const id = isIdRandom ? ids.random() : ids.ofSubmission(key, email);
    const since = reader.now();

    const isDone = async () => key !== undefined && (await submissions.find(id, deadline)) !== undefined;
    await assertPreconditions(asked, nothingThere, isDone);
    const checked = check(valid, content);
    if (typeof checked === 'function') {
      // A retry of a submission whose response was lost is still answered, even if the call has closed or its file has
      // changed meanwhile. Content that no call would take can't be a retry.
      const mayBeRetry = key !== undefined && submissionSchema.safeParse(content).success;
      const earlier = mayBeRetry ? await submissions.find(id, deadline) : undefined;
      if (earlier === 'erased') return refuse('erased');
      if (earlier && isSame(earlier, content)) return accept(id, earlier.status, since);
      return checked(refuse);
    }
    return accept(
      id,
      await start({ id, isIdRandom, address: addressOf(asked.c), content, deadline, refuse }, checked),
      since,
    );
  }

  /** Refuses what a submit without an Idempotency-Key would be refused for (contract H41). */
  async function dryRun(asked: Submit): Promise<void> {
    const { content, valid } = await readCharged(asked);
    await assertPreconditions(asked, nothingThere);
    const checked = check(valid, content);
    if (typeof checked === 'function') checked(asked.refuse);
  }

  async function readCharged(asked: Submit) {
    const address = addressOf(asked.c);
    if (await limits.isSpent('submit', address)) await limits.charge('submit', address);
    // Content that can't be a submission counts as a guess: it uses up no submit of others at the same address.
    const possible = await readPossible(asked).catch((error: unknown) => guesses.refuse(address, error));
    await limits.charge('submit', address);
    return possible;
  }

  /** Refuses content that is invalid for this call, unless it may be a retry. */
  async function readPossible({ read, refuse, key: readKey }: Submit) {
    const content = await read();
    const valid = schema.safeParse(content);
    const key = readKey();
    if (valid.success) return { content, valid, key };
    const mayBeRetry = key !== undefined && submissionSchema.safeParse(content).success;
    return mayBeRetry ? { content, valid, key } : refuseInvalid(valid.error, content)(refuse);
  }

  async function start(
    { id, isIdRandom, address, content, deadline, refuse }: Submitted,
    submission: Submission,
  ): Promise<StatusDocument> {
    const fingerprint = ids.fingerprint(content);
    const receipt = { origin: ids.origin(address) };
    const createdAt = now().toISOString();
    const named = omitUndefined({ code: ids.codeOf(id), runbook });
    const input = { version: inputVersion, id, ...named, createdAt, submission, fingerprint, rules, receipt };
    const admitted = await admit(deadline, () => submissions.start(input, deadline, { isIdRandom }));
    if (admitted.kind === 'busy') return refuseBusy({ retryAfter: admitted.retryAfter, detail: busy }, refuse);
    const started = admitted.value;
    if (started.kind === 'erased') return refuse('erased');
    if (started.kind === 'exists' && !isSame(started, content)) return keyReused(refuse);
    return started.status;
  }

  /** Remembers the status, so that the client's next poll finds no older copy (contract H2, H14). */
  function accept(id: SubmissionId, document: StatusDocument, since: number): Accepted {
    reader.remember(id, document, since);
    const age = now().getTime() - Date.parse(document.createdAt);
    return age < tokenWindow ? { id, document, speakerToken: tokens.of(id) } : { id, document };
  }

  function isSame({ fingerprint }: Existing, content: unknown): boolean {
    try {
      return ids.fingerprint(content) === fingerprint;
    } catch {
      // Nested too deeply, or with a number beyond JSON: no valid submission is like that.
      return false;
    }
  }

  /** Returns a valid submission, in time, or a function that refuses it. */
  function check(
    valid: ReturnType<typeof schema.safeParse>,
    content: unknown,
  ): Submission | ((refuse: Refuse) => never) {
    if (!valid.success) return refuseInvalid(valid.error, content);
    const { opens, closes } = call;
    if (now() < new Date(opens)) return (refuse) => refuse('call-not-open', { opens, closes });
    if (now() >= new Date(closes)) return (refuse) => refuse('call-closed', { opens, closes });
    return valid.data;
  }
}

export type ReceiveDependencies = Omit<SubmissionDependencies, 'answers' | 'commands' | 'seenBySpeaker' | 'watchers'>;

type Submitted = {
  id: SubmissionId;
  isIdRandom: boolean;
  address: string;
  content: unknown;
  deadline: Deadline;
  refuse: Refuse;
};

const withEmail = z.object({ speaker: z.object({ email: z.string() }) });

/** The speaker's address as sent. */
function emailIn(content: unknown): string | undefined {
  return withEmail.safeParse(content).data?.speaker.email;
}

/** Unlike after any other 503 to a submit, it is certain that nothing was started. */
const busy =
  'More is being submitted than can be received at once. Nothing was started: send it again after Retry-After.';

function refuseInvalid(error: z.ZodError, content: unknown) {
  return (refuse: Refuse) => refuse('invalid-submission', { errors: describeIssues(error.issues, content) });
}
