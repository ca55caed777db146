import type { Extensions } from './problem.ts';
import type { ProblemCode } from './problems.ts';

type Options = ErrorOptions & { headers?: Record<string, string> };

/** Ends a request with a problem document. */
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

/**
 * Refuses a request with one of the codes. Functions take it as a parameter, so that only routes that declare all of its
 * codes can call them.
 */
export type Refuse<Code extends ProblemCode> = (code: Code, extensions?: Extensions, options?: Options) => never;

export const refuse: Refuse<ProblemCode> = (code, extensions, options) => {
  throw new Refusal(code, extensions, options);
};
