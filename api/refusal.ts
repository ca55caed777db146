import type { Extensions, ProblemCode } from './problem.ts';

/** Ends a request with a problem document: the one way for a route or a middleware to say no. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly code: ProblemCode;
  readonly extensions: Extensions;

  constructor(code: ProblemCode, extensions: Extensions = {}, options: ErrorOptions = {}) {
    super(code, options);
    this.code = code;
    this.extensions = extensions;
  }
}
