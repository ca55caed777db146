import { problemType } from '../http/problem.ts';
import { type ProblemCode, problems } from '../http/problems.ts';
import { headerRefs } from './headers.ts';
import { schemaRef } from './schemas.ts';

/** The answers that refuse, each with the problems that it may carry: all of one have the same status. */
const refusing = {
  Malformed: ['malformed-request'],
  MalformedSubmission: ['malformed-json', 'invalid-idempotency-key', 'malformed-request'],
  MalformedContent: ['malformed-json', 'malformed-request'],
  InvalidQuery: ['invalid-query', 'malformed-request'],
  Unauthorized: ['unauthorized'],
  NotTaken: ['call-not-open', 'call-closed', 'too-many-submissions'],
  KeptAway: ['conflict-of-interest'],
  NotFound: ['not-found'],
  MethodNotAllowed: ['method-not-allowed'],
  RequestTimeout: ['request-timeout'],
  SubmissionConcluded: ['submission-concluded'],
  NotReviewable: ['not-under-review', 'reviews-read', 'too-many-commands', 'submission-concluded'],
  NotConfirmable: ['not-under-review', 'nothing-to-confirm', 'too-many-commands', 'submission-concluded'],
  NotDecidable: [
    'already-decided',
    'quorum-not-reached',
    'no-waiting-list-here',
    'not-under-review',
    'too-many-commands',
    'submission-concluded',
  ],
  NothingDue: ['nothing-due', 'too-many-commands', 'submission-concluded'],
  NotAnswerable: ['not-accepted', 'attendance-answered'],
  NotOver: ['not-over'],
  CallOpen: ['call-open'],
  MessageSettled: ['message-settled'],
  Erased: ['erased'],
  PreconditionFailed: ['precondition-failed'],
  ContentTooLarge: ['content-too-large'],
  UnsupportedMediaType: ['unsupported-media-type'],
  ExpectationFailed: ['expectation-failed'],
  InvalidSubmission: ['invalid-submission', 'idempotency-key-reused'],
  InvalidCommand: ['invalid-command'],
  InvalidOperation: ['invalid-command', 'idempotency-key-reused'],
  InvalidReview: ['invalid-command', 'unknown-criterion'],
  TooManyRequests: ['too-many-requests'],
  HeadersTooLarge: ['headers-too-large'],
  InternalError: ['internal-error'],
  Unavailable: ['temporarily-unavailable'],
} as const satisfies Record<string, readonly [ProblemCode, ...ProblemCode[]]>;

export type RefusalName = keyof typeof refusing;

/** Any request may meet them. */
const everywhere = [
  'Malformed',
  'MethodNotAllowed',
  'RequestTimeout',
  'ExpectationFailed',
  'HeadersTooLarge',
  'InternalError',
] as const;

/** By status, as an operation lists its responses. */
export function refusalRefs(...names: RefusalName[]) {
  return Object.fromEntries(
    [...everywhere, ...names].map((name) => [
      problems[refusing[name][0]].status,
      { $ref: `#/components/responses/${name}` },
    ]),
  );
}

export function refusals(publicUrl: string) {
  return Object.fromEntries(Object.entries(refusing).map(([name, codes]) => [name, refusal(publicUrl, codes)]));
}

function refusal(publicUrl: string, codes: readonly [ProblemCode, ...ProblemCode[]]) {
  const { status } = problems[codes[0]];
  return {
    description: codes.map((code) => `\`${code}\`: ${problems[code].title}. ${problems[code].advice}`).join('\n\n'),
    headers: headerRefs({ 'Cache-Control': 'NoStore', ...fieldsOf(status) }),
    content: {
      'application/problem+json': {
        schema: {
          type: 'object',
          allOf: [schemaRef('Problem')],
          properties: {
            type: { enum: codes.map((code) => problemType(publicUrl, code)) },
            status: { const: status },
          },
        },
        examples: Object.fromEntries(codes.map((code) => [code, { value: example(publicUrl, code) }])),
      },
    },
  };
}

/** Of some refusals only. Those that Node makes before the app is asked have no request id. */
function fieldsOf(status: number) {
  switch (status) {
    case 400:
    case 408:
    case 417:
    case 431:
    case 500:
      return { 'X-Request-Id': 'RequestIdIfRead' } as const;
    case 401:
      return { 'WWW-Authenticate': 'WwwAuthenticate' } as const;
    case 405:
      return { Allow: 'Allow' } as const;
    case 415:
      return { Accept: 'AcceptedType', 'Accept-Encoding': 'AcceptedCoding' } as const;
    case 429:
      return { 'Retry-After': 'RetryAfter', RateLimit: 'RateLimit', 'RateLimit-Policy': 'RateLimitPolicy' } as const;
    case 503:
      return { 'Retry-After': 'RetryAfter' } as const;
    default:
      return {};
  }
}

function example(publicUrl: string, code: ProblemCode) {
  const { status, title } = problems[code];
  return { type: problemType(publicUrl, code), title, status };
}
