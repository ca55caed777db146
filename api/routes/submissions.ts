import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Call } from '../../contract/call.ts';
import { isTerminal, type StatusDocument } from '../../contract/status.ts';
import { type Submission, submissionSchemaFor } from '../../contract/submission.ts';
import { parseSubmissionId } from '../../contract/submission-id.ts';
import { parseIdempotencyKey } from '../idempotency-key.ts';
import type { createIds } from '../ids.ts';
import { describeIssues } from '../issues.ts';
import { readJson } from '../json-content.ts';
import { Refusal } from '../refusal.ts';
import { retryAfterSeconds } from '../retry-after.ts';
import type { StatusReader } from '../status-reader.ts';
import type { Existing, Submissions } from '../submissions.ts';

type Dependencies = {
  publicUrl: string;
  call: Call;
  ids: ReturnType<typeof createIds>;
  submissions: Pick<Submissions, 'start' | 'find'>;
  reader: StatusReader;
  now: () => Date;
};

/** Twice what the longest valid submission takes in UTF-8 (contract H6). */
const maxContentBytes = 64 * 1024;

export function submissionRoutes({ publicUrl, call, ids, submissions, reader, now }: Dependencies) {
  const schema = submissionSchemaFor(call);
  const { criteria, stages } = call;

  return new Hono()
    .post('/', limitContent, async (c) => {
      const content = await readJson(c.req);
      const key = idempotencyKeyOf(c);
      const submission = validate(content);
      const fingerprint = ids.fingerprint(content);
      const id = key === undefined ? ids.random() : ids.ofKey(key);

      const refusal = refusalOutsideTheCall();
      if (refusal) {
        // A retry of what arrived in time, whose answer was lost on the way, is answered still.
        const earlier = key === undefined ? undefined : await submissions.find(id);
        if (earlier) return answer(c, 202, sameRequest(earlier, fingerprint).status);
        throw refusal;
      }

      const at = now();
      const rules = { criteria, stages };
      const started = await submissions.start({ id, createdAt: at.toISOString(), submission, rules }, fingerprint);
      if (started.kind === 'exists') return answer(c, 202, sameRequest(started, fingerprint).status);
      reader.remember(id, started.status, at.getTime());
      return answer(c, 202, started.status);
    })
    .get('/:id', async (c) => {
      const id = parseSubmissionId(c.req.param('id'));
      if (id === undefined) throw new Refusal('not-found');
      const reading = await reader.read(id);
      if (reading.kind === 'unknown') throw new Refusal('not-found');
      if (reading.kind === 'no-answer') throw new Refusal('temporarily-unavailable', {}, { cause: reading.cause });
      return answer(c, isTerminal(reading.status) ? 200 : 202, reading.status);
    });

  function validate(content: unknown): Submission {
    const result = schema.safeParse(content);
    if (result.success) return result.data;
    throw new Refusal('invalid-submission', { errors: describeIssues(result.error.issues, content) });
  }

  function refusalOutsideTheCall(): Refusal | undefined {
    const { opens, closes } = call;
    if (now() < new Date(opens)) return new Refusal('call-not-open', { opens, closes });
    if (now() >= new Date(closes)) return new Refusal('call-closed', { opens, closes });
    return undefined;
  }

  function answer(c: Context, code: 200 | 202, document: StatusDocument) {
    const body = JSON.stringify(document);
    c.header('Content-Type', 'application/json');
    // Said here, so that HEAD says it too (contract H20).
    c.header('Content-Length', String(Buffer.byteLength(body)));
    c.header('Cache-Control', c.req.method === 'POST' ? 'no-store' : 'private, no-cache');
    if (code === 202) {
      const url = urlOf(document.id);
      c.header('Location', url);
      c.header('Operation-Location', url);
      c.header('Content-Location', url);
      c.header('Retry-After', String(retryAfterSeconds(document.stage)));
    }
    return c.body(body, code);
  }

  function urlOf(id: string): string {
    return `${publicUrl}/api/submissions/${id}`;
  }
}

const limitContent: MiddlewareHandler = (c, next) => {
  const length = c.req.header('Content-Length');
  // Where no length is said, Hono counts the bytes. Where it is said, Node holds the client to it: to count them again
  // would make a submit a third more expensive here.
  if (length === undefined) return countContent(c, next);
  if (Number(length) > maxContentBytes) throw tooLarge();
  return next();
};

const countContent = bodyLimit({
  maxSize: maxContentBytes,
  onError: () => {
    throw tooLarge();
  },
});

const tooLarge = () => new Refusal('content-too-large', { detail: `The content may have ${maxContentBytes} bytes.` });

/** @throws Refusal for a malformed key (contract H10) */
function idempotencyKeyOf(c: Context): string | undefined {
  const header = c.req.header('Idempotency-Key');
  if (header === undefined) return undefined;
  const key = parseIdempotencyKey(header);
  if (key !== undefined) return key;
  throw new Refusal('invalid-idempotency-key', {
    detail: 'An Idempotency-Key has 1 to 255 visible ASCII characters, bare or in double quotes.',
  });
}

/** @throws Refusal if the key was used for another request (contract H10) */
function sameRequest(existing: Existing, fingerprint: string): Existing {
  if (existing.fingerprint === fingerprint) return existing;
  throw new Refusal('idempotency-key-reused', { detail: 'Send another request under a key of its own.' });
}
