import { operationIdPattern } from '../../contract/http/operation.ts';
import { submissionIdPattern } from '../../contract/submission-id.ts';
import { assets, pageAssets } from '../pages/assets.ts';
import { idempotencyKeyPattern } from '../request/idempotency-key.ts';

/** Neither by its form nor by its length: Node limits all fields of a request together. */
const neverRefused = { type: 'string' };

const inPath = {
  SubmissionId: {
    name: 'id',
    in: 'path',
    required: true,
    description: 'As it came with the answer to the submit',
    schema: { type: 'string', minLength: 32, maxLength: 32, pattern: submissionIdPattern.source },
    example: 'e43f0b35021003f5d078eaced4f89582',
  },
  OperationId: {
    name: 'id',
    in: 'path',
    required: true,
    description: 'As it came with the answer that began it',
    schema: { type: 'string', minLength: 32, maxLength: 32, pattern: operationIdPattern.source },
    example: '8c4a346a0853d91a8a532b6790729547',
  },
  MessageId: {
    name: 'id',
    in: 'path',
    required: true,
    description: 'As the list of messages has it; it is the local part of the Message-ID, too',
    schema: { type: 'string', maxLength: 200, pattern: '^[A-Za-z0-9_.-]+$' },
    example: 'e43f0b35021003f5d078eaced4f89582.accepted.email',
  },
  TemplateName: {
    name: 'name',
    in: 'path',
    required: true,
    description: 'Of the text',
    schema: { type: 'string', maxLength: 40, pattern: '^[a-z-]+$' },
    example: 'accepted',
  },
  ReferenceAsset: {
    name: 'asset',
    in: 'path',
    required: true,
    description: 'What the page loads',
    schema: { type: 'string', enum: [...assets.keys()] },
  },
  PageAsset: {
    name: 'asset',
    in: 'path',
    required: true,
    description: 'What the page of a submission loads',
    schema: { type: 'string', enum: [...pageAssets.keys()] },
  },
};

/** By what stands before them in a path. */
const places: Readonly<Record<string, keyof typeof inPath>> = {
  'submissions/{id}': 'SubmissionId',
  'announcements/{id}': 'OperationId',
  'closings/{id}': 'OperationId',
  'messages/{id}': 'MessageId',
  'templates/{name}': 'TemplateName',
  'reference/{asset}': 'ReferenceAsset',
  'pages/{asset}': 'PageAsset',
};

export function parametersIn(path: string): (keyof typeof inPath)[] {
  const parts = path.split('/');
  const inBraces = parts.map((part, at) => `${parts[at - 1]}/${part}`).filter((place) => place.endsWith('}'));
  return inBraces.map((place) => {
    const name = places[place];
    if (name === undefined) throw new Error(`${place} is not described yet: add it to api/openapi/parameters.ts`);
    return name;
  });
}

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
      'The `ETag` of the document that the client has, or several: the answer is `304` if it is still the one',
    schema: neverRefused,
    example: '"o1zqYpD6mV3rGfJwB2kXsA"',
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    description:
      'The `ETag` of what the change is meant for, or several, or `*` for whatever there is: nothing is done, and the answer is `412`, if it is another one by now. To repeat a change that was made is no failure',
    schema: neverRefused,
    example: '*',
  },
  IfUnmodifiedSince: {
    name: 'If-Unmodified-Since',
    in: 'header',
    description: 'The same by date, where there is no `If-Match`. What is no date counts for nothing',
    schema: neverRefused,
    example: 'Thu, 31 Dec 2099 23:59:59 GMT',
  },
  UnlessMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'The reverse of `If-Match`: nothing is done if it is one of these',
    schema: neverRefused,
    example: '"o1zqYpD6mV3rGfJwB2kXsA"',
  },
  Prefer: {
    name: 'Prefer',
    in: 'header',
    description:
      '`wait=20` holds the answer back until the document changes, or so many seconds have passed, 25 at the most (RFC 7240). Other preferences, and malformed ones, count for nothing.',
    schema: neverRefused,
    example: 'wait=1',
  },
  RequestId: {
    name: 'X-Request-Id',
    in: 'header',
    description:
      'A name for the request, to find it in the log. One that is not up to 255 letters, digits, `_`, `-` and `=` is replaced.',
    schema: neverRefused,
    example: 'from-the-client-7',
  },
};
