import { problemSchema } from '../contract/problem.ts';
import { DeadlineError, RefusedError, UnexpectedAnswerError } from './errors.ts';
import { backOffMilliseconds, retryAfterMilliseconds } from './pace.ts';
import { type Status, statusSchema } from './status.ts';
import { httpUrl } from './url.ts';

export type Options = {
  /** Ends the wait; the promise rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Milliseconds after which it is given up, with a `DeadlineError`. */
  timeout?: number;
  /** Is told of each failure that is survived, and of the wait before the next attempt, in milliseconds. */
  onRetry?: (failure: Error, wait: number) => void;
  fetch?: (url: URL, init: RequestInit) => Promise<Response>;
};

type Answer = { url: URL | undefined; status: Status; wait: number | undefined };

/** One attempt may take so long, in milliseconds: then its connection is taken for dead. */
const patienceWithAnAttempt = 30_000;

/** Characters of content; a status has a few hundred, a problem with all its errors some thousand. */
const longestContent = 1_000_000;

// What a timer can hold; one that is set to more ends at once.
const longestTimer = 2 ** 31 - 1;

// 500 among them: to ask again is safe, here, and a wait of weeks should survive one.
const transient = new Set([408, 429, 500, 502, 503, 504]);

/** Requests that share a deadline. They are asked again until they are answered, refused, or the time is over. */
export function openSession({
  signal,
  timeout = Number.POSITIVE_INFINITY,
  onRetry,
  fetch = globalThis.fetch,
}: Options) {
  const over = new AbortController();
  const giveUpAt = performance.now() + timeout;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: Status | undefined;
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

  async function ask(url: URL, init: RequestInit = {}): Promise<Answer> {
    for (let failures = 1; ; failures += 1) {
      over.signal.throwIfAborted();
      const result = await attempt(url, init);
      if (!(result instanceof Transient)) {
        last = result.status;
        return result;
      }
      failure = result.failure;
      const wait = Math.max(result.wait ?? 0, backOffMilliseconds(failures));
      onRetry?.(failure, wait);
      await pause(wait);
    }
  }

  async function attempt(url: URL, init: RequestInit): Promise<Answer | Transient> {
    const hung = new AbortController();
    const patience = setTimeout(() => hung.abort(new Error('the answer took too long')), patienceWithAnAttempt);
    const content = await exchange(url, {
      ...init,
      // A status is never redirected (contract H14), and a submission is not for whoever a redirect points to.
      redirect: 'manual',
      signal: AbortSignal.any([over.signal, hung.signal]),
    }).finally(() => clearTimeout(patience));
    return content instanceof Transient ? content : read(url, ...content);
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

/** The content, as far as it can be a status or a problem: what is longer is cut, and then it is neither. */
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

/** What fetch says is "fetch failed"; what is behind it is in the cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
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
  return { url: locationOf(response, url), status: status.data, wait };
}

/** Where to poll from now on, if the answer says it. */
function locationOf({ headers }: Response, url: URL): URL | undefined {
  const location = headers.get('Location');
  if (location === null) return undefined;
  try {
    return httpUrl(new URL(location, url));
  } catch (cause) {
    throw new UnexpectedAnswerError(`${url} points to "${location}", which is no place to poll`, { cause });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
