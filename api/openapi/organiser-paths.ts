import type { Erasure } from '../../contract/http/erasure.ts';
import { listed } from './examples.ts';
import { headerRefs, tagged } from './headers.ts';
import { queryParameters } from './list-parameters.ts';
import { operationPaths } from './operation-paths.ts';
import { readable } from './operations.ts';
import { conditional, parameterRefs } from './parameters.ts';
import { notModified, peoplePaths, security, tags } from './people-paths.ts';
import { refusalRefs } from './refusals.ts';
import { schemaRef } from './schemas.ts';

export const organiserPaths = {
  '/api/organiser/call': readable({
    operationId: 'readCall',
    tags,
    summary: 'Read the call, with its rules',
    description: "For an organiser, or a reviewer. Durations are in milliseconds, whatever the call's file has.",
    security,
    parameters: parameterRefs('IfNoneMatch', 'RequestId'),
    responses: {
      200: {
        description: 'The call',
        headers: headerRefs(tagged),
        content: { 'application/json': { schema: schemaRef('Call') } },
      },
      304: notModified(),
      ...refusalRefs('Unauthorized', 'TooManyRequests'),
    },
  }),

  '/api/organiser/submissions': readable({
    operationId: 'listSubmissions',
    tags,
    summary: 'List the submissions',
    description:
      'For an organiser; or a reviewer, who sees what the call shows, and neither decisions nor flags. The newest first, in pages, each of which says where the next one is; or all in one file. A submission is listed when its moderation has begun to keep it, within some minutes at the latest.',
    security,
    parameters: [...queryParameters, ...parameterRefs('IfNoneMatch', 'RequestId')],
    responses: {
      200: {
        description: 'A page, or a file',
        headers: headerRefs({
          'Cache-Control': 'RevalidateUnlessFile',
          ETag: 'ETagUnlessFile',
          Link: 'NextPage',
          'Content-Disposition': 'ContentDisposition',
        }),
        content: {
          'application/json': {
            schema: schemaRef('SubmissionPage'),
            examples: { page: { value: { items: [listed] } } },
          },
          'application/jsonl': {},
          'text/csv': {},
        },
      },
      304: notModified({ Link: 'NextPage' }),
      ...refusalRefs('InvalidQuery', 'Unauthorized', 'TooManyRequests', 'Unavailable'),
    },
  }),

  ...peoplePaths,
  ...operationPaths,

  '/api/organiser/submissions/{id}': {
    parameters: parameterRefs('SubmissionId'),
    ...peoplePaths['/api/organiser/submissions/{id}'],
    delete: {
      operationId: 'eraseSubmission',
      tags,
      summary: 'Erase a submission',
      description:
        'For an organiser. All that is kept of it goes, whether it runs or is over, and does not come back: its status is `410` from then on, and so is a submit under its `Idempotency-Key`. It can be repeated.',
      security,
      parameters: parameterRefs(...conditional, 'RequestId'),
      responses: {
        200: {
          description: 'Nothing of it is left',
          headers: headerRefs({ 'Cache-Control': 'NoStore' }),
          content: erasureIn('erased'),
        },
        202: {
          description: 'It is erased for everybody; Temporal still deletes its copy',
          headers: headerRefs({ 'Cache-Control': 'NoStore', 'Retry-After': 'RetryAfter' }),
          content: erasureIn('erasing'),
        },
        ...refusalRefs('Unauthorized', 'KeptAway', 'NotFound', 'PreconditionFailed', 'TooManyRequests', 'Unavailable'),
      },
    },
  },
};

function erasureIn(state: Erasure['state']) {
  return {
    'application/json': {
      schema: { type: 'object', allOf: [schemaRef('Erasure')], properties: { state: { const: state } } },
      examples: { erasure: { value: { id: listed.id, state } } },
    },
  };
}
