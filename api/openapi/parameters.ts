import { operationIdPattern } from '../../contract/http/operation.ts';
import { submissionIdPattern } from '../../contract/submission-id.ts';
import { idempotencyKeyPattern } from '../request/idempotency-key.ts';

/** Schema of fields that are never refused by form or length: Node limits the size of all fields together. */
const neverRefused = { type: 'string' };

const inPath = {
  SubmissionId: {
    name: 'id',
    in: 'path',
    required: true,
    description: 'Id from the answer to the submit',
    schema: { type: 'string', minLength: 32, maxLength: 32, pattern: submissionIdPattern.source },
    example: 'e43f0b35021003f5d078eaced4f89582',
  },
  OperationId: {
    name: 'id',
    in: 'path',
    required: true,
    description: 'Id from the answer that started the operation',
    schema: { type: 'string', minLength: 32, maxLength: 32, pattern: operationIdPattern.source },
    example: '8c4a346a0853d91a8a532b6790729547',
  },
  MessageId: {
    name: 'id',
    in: 'path',
    required: true,
    description: 'Id from the list of messages; also the local part of the Message-ID',
    schema: { type: 'string', maxLength: 200, pattern: '^[A-Za-z0-9_.-]+$' },
    example: 'e43f0b35021003f5d078eaced4f89582.accepted.email',
  },
  TemplateName: {
    name: 'name',
    in: 'path',
    required: true,
    description: 'Name of the text',
    schema: { type: 'string', maxLength: 40, pattern: '^[a-z-]+$' },
    example: 'accepted',
  },
};

/** Path parameters, by the path segment before them. */
const byPathSegment: Readonly<Record<string, keyof typeof inPath>> = {
  'submissions/{id}': 'SubmissionId',
  'announcements/{id}': 'OperationId',
  'closings/{id}': 'OperationId',
  'messages/{id}': 'MessageId',
  'templates/{name}': 'TemplateName',
};

export function parametersIn(path: string): (keyof typeof inPath)[] {
  const parts = path.split('/');
  const inBraces = parts.map((part, at) => `${parts[at - 1]}/${part}`).filter((segment) => segment.endsWith('}'));
  return inBraces.map((segment) => {
    const name = byPathSegment[segment];
    if (name === undefined) throw new Error(`${segment} is not described yet: add it to api/openapi/parameters.ts`);
    return name;
  });
}

const ifMatch = {
  name: 'If-Match',
  in: 'header',
  description:
    'The `ETag` of the version to change, or several, or `*` for any version: if the current version is another one, nothing is changed, and the answer is `412`. Repeating a change that was made succeeds',
  schema: neverRefused,
  example: '*',
};

export const parameters = {
  ...inPath,
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Bare or in double quotes. The same key with the same JSON value, from the same speaker address or with the same token, is the same request, however often it is sent: with one, a request whose answer was lost can be sent again. Make it a new UUID, and keep it as a secret: for 24 hours, whoever has the key and the whole of a submission is told its speaker token.',
    // The longest one is quoted, each of its characters escaped. There is no example: sent as it is, by two people, it
    // would give the second one the submission of the first.
    schema: { type: 'string', minLength: 1, maxLength: 512, pattern: idempotencyKeyPattern.source },
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description:
      'The `ETag` of the document that the client has, or several: the answer is `304` if one of them is current',
    schema: neverRefused,
    example: '"o1zqYpD6mV3rGfJwB2kXsA"',
  },
  IfMatch: ifMatch,
  IfMatchRequired: { ...ifMatch, required: true },
  IfUnmodifiedSince: {
    name: 'If-Unmodified-Since',
    in: 'header',
    description: 'The same by date, without `If-Match`. An invalid date is ignored',
    schema: neverRefused,
    example: 'Thu, 31 Dec 2099 23:59:59 GMT',
  },
  UnlessMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'The reverse of `If-Match`: nothing is changed if the current version is one of these',
    schema: neverRefused,
    example: '"o1zqYpD6mV3rGfJwB2kXsA"',
  },
  Prefer: {
    name: 'Prefer',
    in: 'header',
    description:
      '`wait=20` holds the answer back until the document changes, or as many seconds have passed, at most 25 (RFC 7240). Other and malformed preferences are ignored.',
    schema: neverRefused,
    example: 'wait=1',
  },
  RequestId: {
    name: 'X-Request-Id',
    in: 'header',
    description:
      'An id for the request, to find it in the log: up to 255 letters, digits, `_`, `-` and `=`. Any other is replaced.',
    schema: neverRefused,
    example: 'from-the-client-7',
  },
};
