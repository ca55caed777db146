import type { Problem } from '../contract/problem.ts';

/** Every refusal of the service: its code, its HTTP status and its title, which never changes (RFC 9457, 3.1). */
const problems = {
  'malformed-request': { status: 400, title: 'The request is malformed' },
  'malformed-json': { status: 400, title: 'The content is not well-formed JSON' },
  'invalid-idempotency-key': { status: 400, title: 'The Idempotency-Key is not valid' },
  unauthorized: { status: 401, title: 'A credential that suffices is needed here' },
  'call-not-open': { status: 403, title: 'The call for speakers is not open yet' },
  'call-closed': { status: 403, title: 'The call for speakers is closed' },
  'too-many-submissions': { status: 403, title: 'The speaker has submitted as many talks as the call takes' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'The method is not allowed here' },
  'request-timeout': { status: 408, title: 'The request did not arrive in time' },
  'submission-concluded': { status: 409, title: 'The submission has come to its end' },
  erased: { status: 410, title: 'The submission was erased' },
  'content-too-large': { status: 413, title: 'The content is too large' },
  'unsupported-media-type': { status: 415, title: 'The content is not of a supported type' },
  'expectation-failed': { status: 417, title: 'The expectation can not be met' },
  'invalid-submission': { status: 422, title: 'The submission is not valid' },
  'idempotency-key-reused': { status: 422, title: 'The Idempotency-Key was used for another request' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'headers-too-large': { status: 431, title: 'The request line and header fields are too large' },
  'internal-error': { status: 500, title: 'Something went wrong on our side' },
  'temporarily-unavailable': { status: 503, title: 'The service is temporarily unavailable' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

export type Extensions = Partial<Pick<Problem, 'detail' | 'errors'>> & Record<string, unknown>;

/** Makes the problem documents of one deployment: `type` is absolute, below its public URL (contract H25). */
export function createProblems(publicUrl: string) {
  return (code: ProblemCode, extensions: Extensions = {}) => {
    const { status, title } = problems[code];
    const document = { ...extensions, type: `${publicUrl}/problems#${code}`, title, status } satisfies Problem;
    const body = JSON.stringify(document);
    const headers: Record<string, string> = {
      'Content-Type': 'application/problem+json',
      'Content-Length': String(Buffer.byteLength(body)),
      'Cache-Control': 'no-store',
      ...(status === 503 ? { 'Retry-After': String(secondsToRetry()) } : {}),
      // The same for a missing, a wrong and a too small credential (contract H30).
      ...(status === 401 ? { 'WWW-Authenticate': 'Bearer realm="call-for-speakers"' } : {}),
    };
    return { status, headers, body };
  };
}

/** After an outage, spread over some seconds, so that the clients don't come back all at once. */
function secondsToRetry(): number {
  return 2 + Math.floor(Math.random() * 4);
}
