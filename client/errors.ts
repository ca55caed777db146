import type { Operation, Problem, Status } from './documents.ts';

/** The service refused the request with a problem document (RFC 9457). Repeating it doesn't help. */
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
 * The timeout passed first. A followed submission or operation continues: poll its location again later. A change may
 * have arrived: repeat it.
 */
export class DeadlineError extends Error {
  override name = 'DeadlineError';
  /** The last document read, if any. */
  readonly last: Status | Operation | undefined;

  constructor(last: Status | Operation | undefined, options?: ErrorOptions) {
    super(last ? `no result in time; the last status was ${describe(last)}` : 'no answer in time', options);
    this.last = last;
  }
}

function describe(last: Status | Operation): string {
  return 'stage' in last ? `${last.status}, ${last.stage}` : last.status;
}

/** The answer doesn't come from a call for speakers. The URL may be wrong. */
export class UnexpectedAnswerError extends Error {
  override name = 'UnexpectedAnswerError';
}
