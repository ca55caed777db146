import type {
  AnnouncementRequest,
  ClosingRequest,
  DecisionRequest,
  Erasure,
  LeftOpen,
  ListedSubmission,
  Message,
  Operation,
  Preview,
  ProcessingRequest,
  Review,
  ReviewRequest,
  SubmissionView,
  Verdict,
} from '../documents.ts';
import { UnexpectedAnswerError } from '../errors.ts';
import { assertSameOrigin, follow } from '../follow.ts';
import { authorization, type Sent, send } from '../send.ts';
import type { Options } from '../session.ts';
import { apiUrl } from '../url.ts';
import {
  isErasure,
  isLeftOpen,
  isMessagePage,
  isOperation,
  isPreview,
  isProcessing,
  isReview,
  isSubmissionPage,
  isSubmissionView,
  isVerdict,
  type Page,
} from './answers.ts';

export type Filter = Partial<
  Record<'stage' | 'track' | 'code' | 'verdict' | 'outcome' | 'flag' | 'finding', string | undefined>
>;

export type Organiser = ReturnType<typeof createOrganiser>;

/**
 * The actions of organisers, and those that reviewers may take too. Methods reject with `RefusedError` when the token is
 * unknown (`problem.status` 401) or its role may not do this (403), when there is no such submission (404), or it has
 * moved on (409); with `DeadlineError` when there is no answer within `options.timeout` milliseconds (60,000 by default).
 * Temporary failures are retried; changes carry an Idempotency-Key (contract H10, H23).
 *
 * @param server base of the service's URLs; the token is sent to its origin only
 * @throws TypeError when the token is malformed
 */
export function createOrganiser(server: string | URL, token: string) {
  const headers = authorization(token, 'token of the committee');
  const urlOf = (...path: string[]) => apiUrl(server, 'organiser', ...path);

  async function ask<Document extends object>(request: Omit<Sent<Document>, 'headers'>, options: Options) {
    const key = request.method === 'GET' ? {} : { 'Idempotency-Key': crypto.randomUUID() };
    return send({ ...request, headers: { ...headers, ...key } }, options);
  }

  async function documentOf<Document extends object>(request: Omit<Sent<Document>, 'headers'>, options: Options) {
    return (await ask(request, options)).document;
  }

  async function start(kind: string, content: object, options: Options): Promise<string> {
    const url = urlOf(kind);
    const { location } = await ask({ url, method: 'POST', content, is: isOperation }, options);
    if (!location) throw new UnexpectedAnswerError(`${url} started the operation, but doesn't say where to poll`);
    assertSameOrigin(location, url);
    return location.href;
  }

  return {
    /** Yields all submissions, the newest first. They come in pages; `timeout` applies to each page. */
    async *list(filter: Filter = {}, options: Options = {}): AsyncGenerator<ListedSubmission, void, void> {
      const first = urlOf('submissions');
      let url: URL | undefined = withQuery(first, { ...filter, limit: '200' });
      while (url !== undefined) {
        const page: Page<ListedSubmission> = await documentOf({ url, method: 'GET', is: isSubmissionPage }, options);
        yield* page.items;
        url = page.next === undefined ? undefined : new URL(page.next, first);
        if (url) assertSameOrigin(url, first);
      }
    },

    /** Yields the messages to speakers and organisers; `state` (like `parked`) selects some of them. */
    async *messages(
      filter: { state?: string | undefined } = {},
      options: Options = {},
    ): AsyncGenerator<Message, void, void> {
      let after: string | undefined;
      do {
        const url = withQuery(urlOf('messages'), { ...filter, after });
        const page: Page<Message> = await documentOf({ url, method: 'GET', is: isMessagePage }, options);
        yield* page.items;
        after = page.next;
      } while (after !== undefined);
    },

    read: (id: string, options: Options = {}): Promise<SubmissionView> =>
      documentOf({ url: urlOf('submissions', id), method: 'GET', is: isSubmissionView }, options),

    /** Reviews a submission as the owner of the token. A second review replaces the first. */
    review: (id: string, content: ReviewRequest, options: Options = {}): Promise<Review> =>
      documentOf({ url: urlOf('submissions', id, 'review'), method: 'PUT', content, is: isReview }, options),

    /** Decides a submission. Refused (409), with the current decision, if that differs (contract H23). */
    decide: (id: string, content: DecisionRequest, options: Options = {}): Promise<Verdict> =>
      documentOf({ url: urlOf('submissions', id, 'decision'), method: 'PUT', content, is: isVerdict }, options),

    /** Starts a submission again where the service gave up on it, or ends it. Refused (409) anywhere else. */
    setProcessing: (id: string, content: ProcessingRequest, options: Options = {}): Promise<ProcessingRequest> =>
      documentOf({ url: urlOf('submissions', id, 'processing'), method: 'PUT', content, is: isProcessing }, options),

    /** Erases a submission for everybody. `erasing`: Temporal is still deleting its copy; erase again to check. */
    erase: (id: string, options: Options = {}): Promise<Erasure> =>
      documentOf({ url: urlOf('submissions', id), method: 'DELETE', is: isErasure }, options),

    /** Renders a message to speakers, like `accepted`, for a sample submission. */
    preview: (name: string, options: Options = {}): Promise<Preview> =>
      documentOf({ url: urlOf('templates', name), method: 'GET', is: isPreview }, options),

    /** Starts to announce decided submissions, and returns the location to follow. */
    announce: (content: AnnouncementRequest, options: Options = {}): Promise<string> =>
      start('announcements', content, options),

    /** Starts to close the call, and returns the location to follow. */
    close: (content: ClosingRequest = {}, options: Options = {}): Promise<string> =>
      start('closings', content, options),

    /** Returns what a closing would affect: open submissions and undelivered answers. */
    leftOpen: (options: Options = {}): Promise<LeftOpen> =>
      documentOf({ url: urlOf('closings'), method: 'GET', is: isLeftOpen }, options),

    /** Yields an announcement or a closing until it ends, as `poll` does for a status. No timeout by default. */
    follow(location: string | URL, options: Options = {}): AsyncGenerator<Operation, void, void> {
      assertSameOrigin(new URL(location), urlOf());
      return follow(location, { is: isOperation, headers }, options);
    },
  };
}

function withQuery(url: URL, query: Readonly<Record<string, string | undefined>>): URL {
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
  return url;
}
