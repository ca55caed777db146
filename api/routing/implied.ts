import type { ProblemCode } from '../http/problems.ts';

/** Codes that follow from the parts of a definition, by their names; definitions don't list them again. */
export const implied = {
  always: ['malformed-request'],
  /** Whatever the path and the method: the `default` response of every operation. */
  anyRequest: ['method-not-allowed', 'request-timeout', 'expectation-failed', 'headers-too-large', 'internal-error'],
  known: ['unauthorized', 'too-many-requests'],
  asks: ['temporarily-unavailable'],
  query: ['invalid-query'],
  // A malformed Idempotency-Key is refused even by commands that don't need one (contract H10).
  rawBody: ['malformed-json', 'invalid-idempotency-key', 'content-too-large', 'unsupported-media-type'],
  body: ['malformed-json', 'invalid-idempotency-key', 'content-too-large', 'unsupported-media-type', 'invalid-command'],
  changes: ['precondition-failed'],
} as const satisfies Record<string, readonly ProblemCode[]>;

export function isOfAnyRequest(code: ProblemCode): boolean {
  return implied.anyRequest.some((one) => one === code);
}
