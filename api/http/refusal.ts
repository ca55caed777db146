import type { Extensions } from './problem.ts';
import type { ProblemCode } from './problems.ts';

type Options = ErrorOptions & { headers?: Record<string, string> };

/** Ends a request with a problem document: the one way for a route or a middleware to say no. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly code: ProblemCode;
  readonly extensions: Extensions;
  readonly headers: Record<string, string>;

  constructor(code: ProblemCode, extensions: Extensions = {}, { headers = {}, ...options }: Options = {}) {
    super(code, options);
    this.code = code;
    this.extensions = extensions;
    this.headers = headers;
  }
}
