import type { Problem } from '../contract/http/problem.ts';
import type { Status } from './status.ts';

/** The service refused: a problem document (RFC 9457), and no retry of the same request helps. */
export class RefusedError extends Error {
  override name = 'RefusedError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(
      [
        problem.detail ?? problem.title,
        ...(problem.errors ?? []).map(({ pointer, detail }) => `${pointer || '/'} ${detail}`),
      ].join('\n  '),
    );
    this.problem = problem;
  }
}

/**
 * The deadline passed first. A submission goes on: poll its `location` again later. What was to change something may have
 * been done, or be done later: ask again.
 */
export class DeadlineError extends Error {
  override name = 'DeadlineError';
  /** What was known last, if anything was. */
  readonly last: Status | undefined;

  constructor(last: Status | undefined, options?: ErrorOptions) {
    super(last ? `no result in time; the last status was ${last.status}, ${last.stage}` : 'no answer in time', options);
    this.last = last;
  }
}

/** The answer is not one of this service: is the URL right? */
export class UnexpectedAnswerError extends Error {
  override name = 'UnexpectedAnswerError';
}
