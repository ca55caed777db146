import { headerRefs } from './headers.ts';
import { readable } from './operations.ts';
import { parameterRefs } from './parameters.ts';
import { refusalRefs } from './refusals.ts';
import { schemaRef } from './schemas.ts';

export const organiserPaths = {
  '/api/organiser/call': readable({
    operationId: 'readCall',
    tags: ['organisers'],
    summary: 'Read the call, with its rules',
    description: "For an organiser, or a reviewer. Durations are in milliseconds, whatever the call's file has.",
    security: [{ organiserToken: [] }],
    parameters: parameterRefs('RequestId'),
    responses: {
      200: {
        description: 'The call',
        headers: headerRefs({ 'Cache-Control': 'Revalidate' }),
        content: { 'application/json': { schema: schemaRef('Call') } },
      },
      ...refusalRefs('Unauthorized', 'TooManyRequests'),
    },
  }),
};
