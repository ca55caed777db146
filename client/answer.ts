import { readRetryAfter } from '../contract/http/retry-after.ts';
import { isListOf, isNumber, isObjectWith, isText, optional } from './check.ts';
import type { Problem } from './documents.ts';
import { RefusedError, UnexpectedAnswerError } from './errors.ts';
import { httpUrl } from './url.ts';

export type Question<Document> = {
  url: URL;
  init: RequestInit;
  is: (content: unknown) => content is Document;
  /** The answer that a 304 refers to. */
  last?: Answer<Document> | undefined;
};

export type Answer<Document> = {
  document: Document;
  etag: string | undefined;
  /** The next URL to poll, if the answer has one. */
  location: URL | undefined;
  /** Milliseconds before the next poll, if the answer has them. */
  wait: number | undefined;
};

/** A failure that is worth a retry. */
export class Transient {
  readonly failure: Error;
  readonly wait: number | undefined;

  constructor(failure: Error, wait: number | undefined) {
    this.failure = failure;
    this.wait = wait;
  }
}

// With 500: all requests are safe to repeat, and a poll of weeks should survive one.
const transient = new Set([408, 429, 500, 502, 503, 504]);

const notModified = 304;

/** @throws RefusedError, UnexpectedAnswerError */
export function readAnswer<Document>(
  { url, is, last }: Question<Document>,
  { ok, status, headers }: Response,
  text: string,
): Answer<Document> | Transient {
  const wait = readRetryAfter(headers.get('Retry-After'), Date.now());
  if (transient.has(status)) return new Transient(new Error(`the service answers ${status}`), wait);

  const etag = headers.get('ETag') ?? undefined;
  if (status === notModified && last) {
    return { document: last.document, etag: etag ?? last.etag, location: locationOf(headers, url), wait };
  }
  const content = parse(text);
  if (!ok && isProblem(content)) throw new RefusedError(content);
  if (!ok || !is(content)) {
    throw new UnexpectedAnswerError(`${url} answers ${status}, but not like a call for speakers`);
  }
  return { document: content, etag, location: locationOf(headers, url), wait };
}

const problemCheck = isObjectWith({
  type: isText,
  title: isText,
  status: isNumber,
  detail: optional(isText),
  errors: optional(isListOf(isObjectWith({ detail: isText, pointer: isText }))),
});

const isProblem = (content: unknown): content is Problem => problemCheck(content);

function locationOf(headers: Headers, url: URL): URL | undefined {
  const location = headers.get('Location');
  if (location === null) return undefined;
  try {
    return httpUrl(new URL(location, url));
  } catch (cause) {
    throw new UnexpectedAnswerError(`${url} points to "${location}", which can't be polled`, { cause });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
