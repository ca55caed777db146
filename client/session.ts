import { type Answer, type Question, readAnswer, Transient } from './answer.ts';
import type { Operation, Status } from './documents.ts';
import { DeadlineError } from './errors.ts';
import { backOffMilliseconds } from './pace.ts';

export type Options = {
  /** Ends the wait with its reason. */
  signal?: AbortSignal;
  /** Milliseconds until a `DeadlineError`. */
  timeout?: number;
  /** Called after each failure that may pass, with the milliseconds before the next attempt. */
  onRetry?: (failure: Error, wait: number) => void;
  fetch?: (url: URL, init: RequestInit) => Promise<Response>;
};

/** Milliseconds; of a single request, where no other timeout is given. */
export const requestTimeout = 60_000;

/** Milliseconds of one attempt, after which its connection is taken for dead. A poll is held for 25 s (contract H18). */
const attemptTimeout = 40_000;

/** Characters. A page of 200 submissions with long descriptions has some 3 million. */
const longestContent = 10_000_000;

// Milliseconds; a timer that is set to more ends at once.
const longestTimer = 2 ** 31 - 1;

/** Requests that share a deadline. Each is repeated until it is answered or refused, or the time is over. */
export function openSession({
  signal,
  timeout = Number.POSITIVE_INFINITY,
  onRetry,
  fetch = globalThis.fetch,
}: Options) {
  const over = new AbortController();
  const giveUpAt = performance.now() + timeout;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: Status | Operation | undefined;
  let failure: Error | undefined;

  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort, { once: true });
  if (timeout !== Number.POSITIVE_INFINITY) watchDeadline();

  function abort() {
    over.abort(signal?.reason);
  }

  function watchDeadline() {
    const left = giveUpAt - performance.now();
    if (left <= 0) over.abort(new DeadlineError(last, failure ? { cause: failure } : {}));
    else timer = setTimeout(watchDeadline, Math.min(left, longestTimer));
  }

  async function ask<Document extends object>(question: Question<Document>): Promise<Answer<Document>> {
    for (let failures = 1; ; failures += 1) {
      over.signal.throwIfAborted();
      const result = await attempt(question);
      if (!(result instanceof Transient)) {
        if (isFollowed(result.document)) last = result.document;
        return result;
      }
      failure = result.failure;
      const wait = Math.max(result.wait ?? 0, backOffMilliseconds(failures));
      onRetry?.(failure, wait);
      await pause(wait);
    }
  }

  async function attempt<Document>(question: Question<Document>): Promise<Answer<Document> | Transient> {
    const hung = new AbortController();
    const timer = setTimeout(() => hung.abort(new Error('the answer took too long')), attemptTimeout);
    const content = await exchange(question.url, {
      ...question.init,
      // A status is never redirected (contract H14), and a redirect's target must get neither a submission nor a token.
      redirect: 'manual',
      signal: AbortSignal.any([over.signal, hung.signal]),
    }).finally(() => clearTimeout(timer));
    return content instanceof Transient ? content : readAnswer(question, ...content);
  }

  async function exchange(url: URL, init: RequestInit): Promise<[Response, string] | Transient> {
    try {
      const response = await fetch(url, init);
      return [response, await textOf(response)];
    } catch (error) {
      over.signal.throwIfAborted();
      return new Transient(new Error(`the connection was lost (${reasonOf(error)})`, { cause: error }), undefined);
    }
  }

  async function pause(milliseconds: number): Promise<void> {
    over.signal.throwIfAborted();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, Math.min(milliseconds, longestTimer));
      over.signal.addEventListener('abort', done);

      function done() {
        clearTimeout(timer);
        over.signal.removeEventListener('abort', done);
        resolve();
      }
    });
    over.signal.throwIfAborted();
  }

  function close() {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }

  return { ask, pause, close };
}

function isFollowed(document: object): document is Status | Operation {
  return 'status' in document && 'progress' in document;
}

/** The content; what is too long for an answer of the service is cut, and then is no JSON. */
async function textOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (reader && text.length < longestContent) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += decoder.decode(value, { stream: true });
  }
  await reader?.cancel();
  return text;
}

/** In Node the message of fetch is "fetch failed", and the reason is in its cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
