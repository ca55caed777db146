/**
 * Every problem the service can answer with: code, HTTP status, title (the same in every occurrence, RFC 9457, 3.1.4), and
 * what a client can do about it. The page that `type` points to is made from this table.
 */
export const problems = {
  'malformed-request': {
    status: 400,
    title: 'The request is malformed',
    advice: 'Send HTTP as RFC 9112 defines it, with one Host header and a path that can be decoded.',
  },
  'malformed-json': {
    status: 400,
    title: 'The content is not well-formed JSON',
    advice: 'Send one JSON value, encoded in UTF-8.',
  },
  'invalid-idempotency-key': {
    status: 400,
    title: 'The Idempotency-Key is not valid',
    advice: 'Send 1 to 255 visible ASCII characters, bare or in double quotes.',
  },
  'invalid-query': {
    status: 400,
    title: 'The query is not valid',
    advice: 'Correct the parameters listed in `errors`, and send the request again.',
  },
  unauthorized: {
    status: 401,
    title: 'Valid credentials are required',
    advice:
      'Send a bearer token in the Authorization header: the speaker token from the response to the submit, the token in the link of a mail, or the one that the organisers gave you.',
  },
  'call-not-open': {
    status: 403,
    title: 'The call for speakers is not open yet',
    advice: 'Submit once it is open: see `opens` and `closes` in the problem.',
  },
  'call-closed': {
    status: 403,
    title: 'The call for speakers is closed',
    advice:
      'It is too late for a new submission. Submissions that arrived in time are not affected, and a retry of one is still answered.',
  },
  'cross-origin-form': {
    status: 403,
    title: 'The form was sent from another site',
    advice: 'Open the page at this service, and send its form from there. The HTTP API has no such check.',
  },
  'conflict-of-interest': {
    status: 403,
    title: 'You have a conflict of interest',
    advice:
      'Leave this submission to others: it is your own, or from a colleague (the same e-mail domain), or a conflict was declared by you or confirmed by an organiser.',
  },
  'not-found': {
    status: 404,
    title: 'Nothing was found here',
    advice:
      'Use the URL exactly as it was given to you. The answer is the same for every id without a submission, whatever its form.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'The method is not allowed here',
    advice: 'Use one of the methods listed in Allow.',
  },
  'request-timeout': {
    status: 408,
    title: 'The request did not arrive in time',
    advice: 'Send it again over a faster connection.',
  },
  'submission-concluded': {
    status: 409,
    title: 'The submission has ended',
    advice: 'Read its status: it is final, and was not changed.',
  },
  'not-under-review': {
    status: 409,
    title: 'The submission is not under review',
    advice: 'Read the submission: nobody is asked about it, or it is decided already, or it has ended.',
  },
  'quorum-not-reached': {
    status: 409,
    title: 'There are too few reviews to decide',
    advice: 'Wait for more reviews, or override the quorum and give a reason, which is recorded.',
  },
  'already-decided': {
    status: 409,
    title: 'The submission is already decided',
    advice:
      'The current decision is in the problem. To change it before it is announced, name its number in `replaces`.',
  },
  'reviews-read': {
    status: 409,
    title: 'The reviews of others were visible to you',
    advice:
      'Keep your review as it is, or abstain: scores must be given before you can read the reviews of others. Organisers who see all reviews at once (`organisersSeeReviews` in the call) must score first.',
  },
  'nothing-to-confirm': {
    status: 409,
    title: 'There is no possible conflict of interest to confirm',
    advice:
      'Read the submission: conflicts that were found are in `possibleConflicts`. Any other conflict must be declared by the person who has it.',
  },
  'no-waiting-list-here': {
    status: 409,
    title: 'This stage has no waiting list',
    advice: 'Pass or reject the submission; only the last stage has a waiting list.',
  },
  'not-accepted': {
    status: 409,
    title: 'There is no acceptance to answer',
    advice: 'Read the status: an acceptance that awaits an answer says so in `result.attendance`.',
  },
  'not-confirmed': {
    status: 409,
    title: 'There is no confirmation to cancel',
    advice: 'Read `result.attendance`: while it is `awaited`, a speaker declines.',
  },
  'attendance-answered': {
    status: 409,
    title: 'The acceptance is already answered, or the deadline has passed',
    advice: 'Write to the organisers if you need to change the answer.',
  },
  'not-a-co-speaker': {
    status: 409,
    title: 'The talk can only be handed over to a co-speaker who has accepted',
    advice: 'Name a co-speaker, and wait until they have accepted: see `about.coSpeakers` of the proposal.',
  },
  'nothing-due': {
    status: 409,
    title: 'The submission has no deadline now',
    advice:
      'Read the submission: a deadline can be moved while a panel or an organiser judges it, or while the speaker has to answer.',
  },
  'not-stuck': {
    status: 409,
    title: 'The submission is not stuck',
    advice: 'Read it: only while `isStuck` can it be restarted or ended.',
  },
  'too-many-commands': {
    status: 409,
    title: 'You have given the submission too many commands',
    advice: 'It takes 100 of one person, or 100 versions of the text. Others, and decisions, are not limited by that.',
  },
  'not-over': {
    status: 409,
    title: "The submission can't be reopened",
    advice: 'Only a submission that has ended, and was neither withdrawn nor confirmed, can be reopened.',
  },
  'call-open': {
    status: 409,
    title: 'The call is still open',
    advice: 'Close it after its end: see `closes` in the problem.',
  },
  'edits-over': {
    status: 409,
    title: 'It is too late to edit the submission',
    advice:
      'It could be edited until the instant in `until`. Write to the organisers if something has to be corrected.',
  },
  'message-settled': {
    status: 409,
    title: 'The message needs no decision',
    advice: 'Read the message: it is on its way, or was sent.',
  },
  erased: {
    status: 410,
    title: 'The submission was erased',
    advice: 'Stop asking: nothing of it is kept.',
  },
  'precondition-failed': {
    status: 412,
    title: 'A precondition of the request is not met',
    advice:
      'Read the resource again, and decide whether the change is still wanted. If-Match, If-Unmodified-Since or If-None-Match was not met, and nothing was changed.',
  },
  'precondition-required': {
    status: 428,
    title: 'The request has to name the version that it changes',
    advice: 'Read the resource, and send its ETag in If-Match, so that no change of somebody else is lost.',
  },
  'content-too-large': {
    status: 413,
    title: 'The content is too large',
    advice: 'Send at most 64 KiB.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The media type is not supported',
    advice: 'Send the type that Accept or Accept-Patch names, application/json as a rule, in UTF-8, not compressed.',
  },
  'expectation-failed': {
    status: 417,
    title: "The expectation can't be met",
    advice: 'Leave out the Expect header, or send 100-continue.',
  },
  'invalid-submission': {
    status: 422,
    title: 'The submission is not valid',
    advice: 'Correct what `errors` lists, each with its JSON Pointer, and send it again.',
  },
  'invalid-command': {
    status: 422,
    title: 'The content is not valid',
    advice: 'Correct what `errors` lists, each with its JSON Pointer, and send the request again.',
  },
  'unknown-criterion': {
    status: 422,
    title: 'The call has no such criterion',
    advice: 'Use the ids of the criteria of the call.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'The Idempotency-Key was used for another request',
    advice: 'Send each submission and each command under a key of its own, such as a new UUID.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    advice: 'Wait as many seconds as Retry-After says. Nothing that was submitted is affected.',
  },
  'headers-too-large': {
    status: 431,
    title: 'The request line and header fields are too large',
    advice: 'Send at most 16 KiB of URL and header fields.',
  },
  'internal-error': {
    status: 500,
    title: 'Something went wrong on our side',
    advice: 'Report it with the X-Request-Id of the response: the log has the cause under that id.',
  },
  'temporarily-unavailable': {
    status: 503,
    title: 'The service is temporarily unavailable',
    advice:
      'Send the same request again after Retry-After seconds; with an Idempotency-Key nothing happens twice. A change may have been made, or may still be made: sending the request again tells you.',
  },
} as const satisfies Record<string, { status: number; title: string; advice: string }>;

export type ProblemCode = keyof typeof problems;
