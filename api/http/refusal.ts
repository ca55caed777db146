import type { Extensions } from './problem.ts';
import type { ProblemCode } from './problems.ts';

/** `isCounted`: it has no cause that a log line of its own would tell. */
type Options = ErrorOptions & { headers?: Record<string, string>; isCounted?: boolean };

/** Ends a request with a problem document. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly code: ProblemCode;
  readonly extensions: Extensions;
  readonly headers: Record<string, string>;
  readonly isCounted: boolean;

  constructor(
    code: ProblemCode,
    extensions: Extensions = {},
    { headers = {}, isCounted = false, ...options }: Options = {},
  ) {
    super(code, options);
    this.code = code;
    this.extensions = extensions;
    this.headers = headers;
    this.isCounted = isCounted;
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
