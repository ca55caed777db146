import { type Answer, type Question, readAnswer, Transient } from './answer.ts';
import type { Operation, Status } from './documents.ts';
import { DeadlineError } from './errors.ts';
import { backOffMilliseconds } from './pace.ts';

export type Options = {
  /** Stops the call, which rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Milliseconds until a `DeadlineError`. */
  timeout?: number;
  /** Called after each temporary failure, with the milliseconds before the next attempt. */
  onRetry?: (failure: Error, wait: number) => void;
  fetch?: (url: URL, init: RequestInit) => Promise<Response>;
};

/** Milliseconds; the default for a single request. */
export const requestTimeout = 60_000;

/** Milliseconds; longer than the 25 s for which a poll is held (contract H18). */
const attemptTimeout = 40_000;

/** Characters; a page of 200 submissions with long descriptions has about 3 million. */
const longestContent = 10_000_000;

// Milliseconds; a longer timer would fire at once.
const longestTimer = 2 ** 31 - 1;

/** Requests that share a deadline. Each is repeated until it is answered or refused, or the deadline passes. */
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
      // A status is never redirected (contract H14), and another server must get neither a submission nor a token.
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

/** Cuts content that is too long for this service; the rest is then refused as invalid JSON. */
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

/** In Node, the message of `fetch` is only "fetch failed"; the reason is in its cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
