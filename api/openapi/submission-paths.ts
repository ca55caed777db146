import type { Call } from '../../contract/call/call.ts';
import type { StatusDocument } from '../../contract/http/status.ts';
import { accepted, running, submissionTo, withdrawn } from './examples.ts';
import { headerRefs, polling, pollingWhileRunning, tagged } from './headers.ts';
import { readable } from './operations.ts';
import { conditional, parameterRefs } from './parameters.ts';
import { refusalRefs } from './refusals.ts';
import { schemaRef } from './schemas.ts';

const tags = ['submissions'];

const ofStatus = { ...tagged, 'Preference-Applied': 'PreferenceApplied' } as const;

export function submissionPaths(call: Call) {
  return {
    '/api/submissions': { post: submit(call) },
    '/api/submissions/{id}': { parameters: parameterRefs('SubmissionId'), ...readable(poll), delete: withdraw },
    '/api/submissions/{id}/attendance': { parameters: parameterRefs('SubmissionId'), put: answer },
  };
}

const submit = (call: Call) => ({
  operationId: 'submit',
  tags,
  summary: 'Submit a talk',
  description: 'Up to 64 KiB. What is not valid starts nothing. The URL to poll works at once.',
  security: [],
  parameters: parameterRefs('IdempotencyKey', ...conditional, 'RequestId'),
  requestBody: {
    required: true,
    description: 'One talk. Text is trimmed and normalised to NFC, and not changed otherwise',
    content: {
      'application/json': {
        schema: schemaRef('Submission'),
        examples: { talk: { summary: 'A talk', value: submissionTo(call) } },
      },
    },
  },
  responses: {
    202: {
      description: 'It is received, and is being processed',
      headers: headerRefs({ ...polling, 'Cache-Control': 'NoStore' }),
      content: {
        'application/json': {
          schema: schemaRef('SubmittedDocument'),
          examples: {
            received: { value: { ...running, speakerToken: '1.3q2-7wJ0a1sYk7yqN8dXn2lV0o4m5b6c7d8e9f0g1h2' } },
          },
        },
      },
      links: Object.fromEntries(
        ['readStatus', 'readStatusHeaders', 'withdraw'].map((operationId) => [
          operationId,
          {
            operationId,
            parameters: { id: '$response.body#/id' },
            description: 'The id of the answer names the submission',
          },
        ]),
      ),
    },
    ...refusalRefs(
      'MalformedSubmission',
      'NotTaken',
      'Erased',
      'PreconditionFailed',
      'ContentTooLarge',
      'UnsupportedMediaType',
      'InvalidSubmission',
      'TooManyRequests',
      'Unavailable',
    ),
  },
});

const poll = {
  operationId: 'readStatus',
  tags,
  summary: 'Read the status',
  description:
    'Whoever has the URL may read it. It changes nothing, however often it is asked for; a client that comes sooner than `Retry-After` says may be told `429`, and its submission is unharmed.',
  security: [],
  parameters: parameterRefs('IfNoneMatch', 'Prefer', 'RequestId'),
  responses: {
    200: {
      description: 'It is over: the outcome is final. Only `result.attendance` may follow an acceptance',
      headers: headerRefs(ofStatus),
      content: statusIn(['Succeeded', 'Failed', 'Canceled'], accepted),
    },
    202: {
      description: 'It is being processed',
      headers: headerRefs({ ...ofStatus, ...polling }),
      content: statusIn(['NotStarted', 'Running'], running),
    },
    304: {
      description:
        'The client has the document already. Where and when to poll again is said while it is being processed',
      headers: headerRefs({ ...ofStatus, ...pollingWhileRunning }),
    },
    ...refusalRefs('NotFound', 'Erased', 'TooManyRequests', 'Unavailable'),
  },
};

const withdraw = {
  operationId: 'withdraw',
  tags,
  summary: 'Withdraw the talk',
  description: 'Before there is an outcome, and as often as one likes. What is withdrawn reads `Canceled`.',
  security: [{ speakerToken: [] }],
  parameters: parameterRefs(...conditional, 'RequestId'),
  responses: {
    202: {
      description: 'It is withdrawn',
      headers: headerRefs({ ...polling, 'Cache-Control': 'NoStore' }),
      content: statusIn(['NotStarted', 'Running', 'Canceled'], withdrawn),
    },
    ...refusalRefs(
      'Unauthorized',
      'NotFound',
      'SubmissionConcluded',
      'Erased',
      'PreconditionFailed',
      'TooManyRequests',
      'Unavailable',
    ),
  },
};

const answer = {
  operationId: 'answerAcceptance',
  tags,
  summary: 'Confirm or decline after an acceptance',
  description: 'Once, as long as `result.attendance` is `awaited`; the same answer again changes nothing.',
  security: [{ speakerToken: [] }],
  parameters: parameterRefs(...conditional, 'RequestId'),
  requestBody: {
    required: true,
    description: 'The answer',
    content: {
      'application/json': {
        schema: schemaRef('AttendanceRequest'),
        examples: { confirmed: { value: { attendance: 'confirmed' } } },
      },
    },
  },
  responses: {
    200: {
      description: 'It is taken',
      headers: headerRefs({ 'Cache-Control': 'NoStore' }),
      content: statusIn(['Succeeded'], {
        ...accepted,
        result: { outcome: 'accepted', attendance: 'confirmed' },
      }),
    },
    ...refusalRefs(
      'MalformedContent',
      'Unauthorized',
      'NotFound',
      'NotAnswerable',
      'Erased',
      'PreconditionFailed',
      'ContentTooLarge',
      'UnsupportedMediaType',
      'InvalidCommand',
      'TooManyRequests',
      'Unavailable',
    ),
  },
};

function statusIn(statuses: StatusDocument['status'][], value: StatusDocument) {
  return {
    'application/json': {
      schema: { type: 'object', allOf: [schemaRef('StatusDocument')], properties: { status: { enum: statuses } } },
      examples: { status: { value } },
    },
  };
}
