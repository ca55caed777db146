import type { Operation, Problem, Status } from './documents.ts';

/** The service refused, with a problem document (RFC 9457): to repeat the request doesn't help. */
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
 * The timeout passed first. What is followed goes on: poll its location again later. What was to change something may
 * have been done: repeat it.
 */
export class DeadlineError extends Error {
  override name = 'DeadlineError';
  /** The last one that was read, if any was. */
  readonly last: Status | Operation | undefined;

  constructor(last: Status | Operation | undefined, options?: ErrorOptions) {
    super(last ? `no result in time; the last status was ${describe(last)}` : 'no answer in time', options);
    this.last = last;
  }
}

function describe(last: Status | Operation): string {
  return 'stage' in last ? `${last.status}, ${last.stage}` : last.status;
}

/** The answer is not one of this service: is the URL right? */
export class UnexpectedAnswerError extends Error {
  override name = 'UnexpectedAnswerError';
}
