import type { Problem } from '../../contract/http/problem.ts';

/**
 * Every refusal of the service: its code, its HTTP status, its title, which never changes (RFC 9457, 3.1), and what the
 * client can do. The page that `type` points to is made from it.
 */
export const problems = {
  'malformed-request': {
    status: 400,
    title: 'The request is malformed',
    advice: 'Send HTTP as RFC 9112 has it, with one Host and a path that can be decoded.',
  },
  'malformed-json': {
    status: 400,
    title: 'The content is not well-formed JSON',
    advice: 'Send one JSON value, in UTF-8.',
  },
  'invalid-idempotency-key': {
    status: 400,
    title: 'The Idempotency-Key is not valid',
    advice: 'Send 1 to 255 visible ASCII characters, bare or in double quotes.',
  },
  'invalid-query': {
    status: 400,
    title: 'The query is not valid',
    advice: 'Mend the parameters that the errors in the problem list, and send it again.',
  },
  unauthorized: {
    status: 401,
    title: 'A credential that suffices is needed here',
    advice:
      'Send the token in the Authorization header, as a Bearer: the speaker token that came with the 202 of the submit, or the one that the organisers gave you.',
  },
  'call-not-open': {
    status: 403,
    title: 'The call for speakers is not open yet',
    advice: 'Submit when it is open: opens and closes in the problem say when.',
  },
  'call-closed': {
    status: 403,
    title: 'The call for speakers is closed',
    advice:
      'It is too late for a new submission. One that arrived in time is not affected, and a retry of it is answered still.',
  },
  'too-many-submissions': {
    status: 403,
    title: 'The speaker has submitted as many talks as the call takes',
    advice: 'Write to the organisers if one of the talks should make room for this one.',
  },
  'conflict-of-interest': {
    status: 403,
    title: 'You have a conflict of interest',
    advice:
      'Leave the submission to the others: it is yours, or a colleague’s by the domain of the e-mail address, or a conflict was declared by you, or confirmed for you.',
  },
  'not-found': {
    status: 404,
    title: 'There is nothing here',
    advice:
      'Use the URL as it was handed out. The answer is the same for every id that there is no submission for, whatever its form.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'The method is not allowed here',
    advice: 'Use one of the methods in Allow.',
  },
  'request-timeout': {
    status: 408,
    title: 'The request did not arrive in time',
    advice: 'Send it again, over a connection that is fast enough.',
  },
  'submission-concluded': {
    status: 409,
    title: 'The submission has come to its end',
    advice: 'Read its status: it is final, and was not changed.',
  },
  'not-under-review': {
    status: 409,
    title: 'The submission is not under review now',
    advice: 'Read it: it is in a stage without a panel, or decided, or over.',
  },
  'quorum-not-reached': {
    status: 409,
    title: 'There are too few reviews to decide',
    advice: 'Wait for more of them, or override the quorum, with a reason that is kept.',
  },
  'already-decided': {
    status: 409,
    title: 'The submission is decided already',
    advice:
      'The decision that stands is in the problem. To decide otherwise, as long as it is not announced, name its number in `replaces`.',
  },
  'reviews-read': {
    status: 409,
    title: 'You could read the reviews of the others',
    advice:
      'Leave your review as it is, or abstain: a score is given, or changed, before the reviews of the others are there to be read. Organisers who are shown all of them at once score first, or not at all; the call’s file says so, or otherwise (organisersSeeReviews).',
  },
  'nothing-to-confirm': {
    status: 409,
    title: 'No conflict of interest was found that could be confirmed',
    advice:
      'Read the submission: what was found is in possibleConflicts. Any other conflict is declared by the person themself.',
  },
  'no-waiting-list-here': {
    status: 409,
    title: 'This stage has no waiting list',
    advice: 'Accept or reject; the last stage has one.',
  },
  'not-accepted': {
    status: 409,
    title: 'There is nothing to answer',
    advice: 'Read the status: an acceptance that is to be answered says so in `result.attendance`.',
  },
  'attendance-answered': {
    status: 409,
    title: 'The speaker has answered already, or it is too late',
    advice: 'Write to the organisers, if it has to be another answer.',
  },
  'nothing-due': {
    status: 409,
    title: 'The submission waits for no deadline',
    advice: 'Read it: a deadline can be moved as long as a panel is at work, or the speaker has to answer.',
  },
  'too-many-commands': {
    status: 409,
    title: 'The submission has taken all the commands that it takes',
    advice:
      'Somebody, or a program, has repeated itself some hundred times: see the audit. It still ends when the call is closed.',
  },
  'not-over': {
    status: 409,
    title: 'The submission can not be reopened',
    advice: 'A submission can be reopened once it is over, and was neither withdrawn nor confirmed.',
  },
  'call-open': {
    status: 409,
    title: 'The call is still open',
    advice: 'Close it after its end: closes in the problem says when.',
  },
  'message-settled': {
    status: 409,
    title: 'There is nothing to decide about the message',
    advice: 'Read it: it is on its way, or was sent.',
  },
  erased: {
    status: 410,
    title: 'The submission was erased',
    advice: 'Stop asking: nothing of it is kept.',
  },
  'precondition-failed': {
    status: 412,
    title: 'It is not as the request wants it',
    advice:
      'Read it again, and decide whether the change is still wanted: If-Match, If-Unmodified-Since or If-None-Match was not met, and nothing was done.',
  },
  'content-too-large': {
    status: 413,
    title: 'The content is too large',
    advice: 'Send 64 KiB at the most.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The content is not of a supported type',
    advice: 'Send application/json, in UTF-8, and not compressed.',
  },
  'expectation-failed': {
    status: 417,
    title: 'The expectation can not be met',
    advice: 'Leave the Expect header out, or send 100-continue.',
  },
  'invalid-submission': {
    status: 422,
    title: 'The submission is not valid',
    advice: 'Mend what the errors in the problem list, each violation with its JSON Pointer, and send it again.',
  },
  'invalid-command': {
    status: 422,
    title: 'The content is not valid',
    advice: 'Mend what the errors in the problem list, each with its JSON Pointer, and send it again.',
  },
  'unknown-criterion': {
    status: 422,
    title: 'The call has no such criterion',
    advice: 'Score by the ids of the criteria that the call has.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'The Idempotency-Key was used for another request',
    advice: 'Send each submission, and each command, under a key of its own: a new UUID.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    advice: 'Wait as long as Retry-After says. What was submitted is not affected.',
  },
  'headers-too-large': {
    status: 431,
    title: 'The request line and header fields are too large',
    advice: 'Send 16 KiB of URL and header fields at the most.',
  },
  'internal-error': {
    status: 500,
    title: 'Something went wrong on our side',
    advice: 'Report it with the X-Request-Id of the answer, under which the log has the cause.',
  },
  'temporarily-unavailable': {
    status: 503,
    title: 'The service is temporarily unavailable',
    advice:
      'Send the same request again after Retry-After; with an Idempotency-Key nothing happens twice. What was to change something may have been done, or may still be done later: to ask again tells.',
  },
} as const satisfies Record<string, { status: number; title: string; advice: string }>;

export type ProblemCode = keyof typeof problems;

export type Extensions = Partial<Pick<Problem, 'detail' | 'errors'>> & Record<string, unknown>;

/** Absolute, below the public URL of the deployment (contract H25). */
export const problemType = (publicUrl: string, code: ProblemCode) => `${publicUrl}/problems#${code}`;

/** Makes the problem documents of one deployment. */
export function createProblems(publicUrl: string) {
  return (code: ProblemCode, extensions: Extensions = {}) => {
    const { status, title } = problems[code];
    const document = { ...extensions, type: problemType(publicUrl, code), title, status } satisfies Problem;
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
