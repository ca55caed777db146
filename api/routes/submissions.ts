import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { z } from 'zod';
import { type Call, rulesOf } from '../../contract/call.ts';
import { isTerminal, type StatusDocument } from '../../contract/status.ts';
import { submissionSchemaFor } from '../../contract/submission.ts';
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

/** Above what the longest valid submission takes in UTF-8 (contract H6). */
const maxContentBytes = 64 * 1024;

export function submissionRoutes({ publicUrl, call, ids, submissions, reader, now }: Dependencies) {
  const schema = submissionSchemaFor(call);
  const rules = rulesOf(call);

  return new Hono()
    .post('/', limitContent, async (c) => {
      const content = await readJson(c.req);
      const key = idempotencyKeyOf(c);
      const id = key === undefined ? ids.random() : ids.ofKey(key);
      const since = reader.now();

      const valid = schema.safeParse(content);
      const refusal = valid.success ? refusalOutsideTheCall() : refusalOf(valid.error, content);
      if (!valid.success || refusal) {
        // A retry of what was taken, and whose answer was lost on the way, is answered still: when the call has closed
        // meanwhile, and when its file has changed.
        const earlier = key === undefined ? undefined : await submissions.find(id);
        if (earlier && isSame(earlier, content)) return accept(c, earlier.status, since);
        throw refusal;
      }

      const started = await submissions.start(
        { id, createdAt: now().toISOString(), submission: valid.data, rules },
        ids.fingerprint(content),
      );
      if (started.kind === 'exists' && !isSame(started, content)) {
        throw new Refusal('idempotency-key-reused', { detail: 'Send another request under a key of its own.' });
      }
      return accept(c, started.status, since);
    })
    .get('/:id', async (c) => {
      const id = parseSubmissionId(c.req.param('id'));
      if (id === undefined) throw new Refusal('not-found');
      const reading = await reader.read(id);
      if (reading.kind === 'unknown') throw new Refusal('not-found');
      if (reading.kind === 'no-answer') throw new Refusal('temporarily-unavailable', {}, { cause: reading.cause });
      return answer(c, isTerminal(reading.status) ? 200 : 202, reading.status);
    });

  function isSame({ fingerprint }: Existing, content: unknown): boolean {
    try {
      return ids.fingerprint(content) === fingerprint;
    } catch (error) {
      // Nested too deep for any fingerprint, as no valid submission is.
      if (error instanceof RangeError) return false;
      throw error;
    }
  }

  function refusalOutsideTheCall(): Refusal | undefined {
    const { opens, closes } = call;
    if (now() < new Date(opens)) return new Refusal('call-not-open', { opens, closes });
    if (now() >= new Date(closes)) return new Refusal('call-closed', { opens, closes });
    return undefined;
  }

  /** The reader learns what the client is told: its next poll must not find an older copy (contract H2, H14). */
  function accept(c: Context, document: StatusDocument, since: number) {
    const id = parseSubmissionId(document.id);
    if (id) reader.remember(id, document, since);
    return answer(c, 202, document);
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

function refusalOf(error: z.ZodError, content: unknown): Refusal {
  return new Refusal('invalid-submission', { errors: describeIssues(error.issues, content) });
}

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
