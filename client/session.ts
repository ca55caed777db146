import { problemSchema } from '../contract/problem.ts';
import { DeadlineError, RefusedError, UnexpectedAnswerError } from './errors.ts';
import { backOffMilliseconds, retryAfterMilliseconds } from './pace.ts';
import { type Status, statusSchema } from './status.ts';

export type Options = {
  /** Ends the wait; the promise rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Milliseconds after which it is given up, with a `DeadlineError`. */
  timeout?: number;
  /** Is told of each failure that is survived, and of the wait before the next attempt, in milliseconds. */
  onRetry?: (failure: Error, wait: number) => void;
  fetch?: (url: URL, init: RequestInit) => Promise<Response>;
};

type Answer = { url: URL; status: Status; wait: number | undefined };

/** One attempt may take so long, in milliseconds: then its connection is taken for dead. */
const patienceWithAnAttempt = 30_000;

// What a timer can hold; one that is set to more ends at once.
const longestTimer = 2 ** 31 - 1;

// 500 among them: to ask again is safe, here, and a wait of weeks should survive one.
const transient = new Set([408, 429, 500, 502, 503, 504]);

/** Requests that share a deadline. They are asked again until they are answered, refused, or the time is over. */
export function openSession({ signal, timeout, onRetry, fetch = globalThis.fetch }: Options) {
  const over = new AbortController();
  const abort = () => over.abort(signal?.reason);
  let last: Status | undefined;
  let failure: Error | undefined;

  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort, { once: true });
  const timer = timeout === undefined ? undefined : setTimeout(giveUp, Math.min(timeout, longestTimer));

  function giveUp() {
    over.abort(new DeadlineError(last, failure ? { cause: failure } : {}));
  }

  async function ask(url: URL, init: RequestInit = {}): Promise<Answer> {
    for (let failures = 0; ; ) {
      over.signal.throwIfAborted();
      const result = await attempt(url, init);
      if (!(result instanceof Transient)) {
        last = result.status;
        return result;
      }
      failures += 1;
      failure = result.failure;
      const wait = Math.max(result.wait ?? 0, backOffMilliseconds(failures));
      onRetry?.(failure, wait);
      await pause(wait);
    }
  }

  async function attempt(url: URL, init: RequestInit): Promise<Answer | Transient> {
    const hung = new AbortController();
    const patience = setTimeout(
      () => hung.abort(new Error(`no answer in ${patienceWithAnAttempt} ms`)),
      patienceWithAnAttempt,
    );
    try {
      const response = await fetch(url, { ...init, signal: AbortSignal.any([over.signal, hung.signal]) });
      return read(url, response, await response.text());
    } catch (error) {
      over.signal.throwIfAborted();
      if (error instanceof RefusedError || error instanceof UnexpectedAnswerError) throw error;
      return new Transient(new Error('the connection was lost', { cause: error }), undefined);
    } finally {
      clearTimeout(patience);
    }
  }

  function pause(milliseconds: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(done, Math.min(milliseconds, longestTimer));
      over.signal.addEventListener('abort', done);

      function done() {
        clearTimeout(timer);
        over.signal.removeEventListener('abort', done);
        if (over.signal.aborted) reject(over.signal.reason);
        else resolve();
      }
    });
  }

  function close() {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }

  return { ask, pause, close };
}

class Transient {
  readonly failure: Error;
  readonly wait: number | undefined;

  constructor(failure: Error, wait: number | undefined) {
    this.failure = failure;
    this.wait = wait;
  }
}

function read(url: URL, response: Response, text: string): Answer | Transient {
  const wait = retryAfterMilliseconds(response.headers, Date.now());
  if (transient.has(response.status)) return new Transient(new Error(`the service answers ${response.status}`), wait);

  const content = parse(text);
  if (!response.ok) {
    const problem = problemSchema.safeParse(content);
    if (problem.success) throw new RefusedError(problem.data);
  }
  const status = statusSchema.safeParse(content);
  if (!response.ok || !status.success) {
    throw new UnexpectedAnswerError(`${url} answers ${response.status}, but not as a call for speakers does`);
  }
  const location = response.headers.get('Location');
  return { url: location ? new URL(location, url) : url, status: status.data, wait };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
