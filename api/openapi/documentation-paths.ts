import { assets, pageAssets } from '../pages/assets.ts';
import { headerRefs } from './headers.ts';
import { readable } from './operations.ts';
import { parameterRefs } from './parameters.ts';
import { refusalRefs } from './refusals.ts';

/** For anyone, and as good as constant. */
export const documentationPaths = {
  '/openapi.json': readable({
    operationId: 'readDescription',
    summary: 'Read this description',
    description: 'OpenAPI 3.1, with the tracks and the formats of this call.',
    ...page('The description', {
      'application/json': { schema: { type: 'object', required: ['openapi', 'info', 'paths'] } },
    }),
  }),
  '/reference': readable({
    operationId: 'readReference',
    summary: 'Read this description in a browser',
    description: 'A page that shows it, and can send requests.',
    ...page('The page', html()),
  }),
  '/reference/{asset}': {
    parameters: [
      {
        name: 'asset',
        in: 'path',
        required: true,
        description: 'What the page loads',
        schema: { type: 'string', enum: [...assets.keys()] },
      },
    ],
    ...readable({
      operationId: 'readReferenceAsset',
      summary: 'Read a part of the reference page',
      description: 'Its scripts, its style, its icon: no host but this one is asked for anything.',
      ...page('The part', Object.fromEntries([...assets.values()].map(({ type }) => [type, {}])), 'NotFound'),
    }),
  },
  '/submissions/{id}': {
    parameters: parameterRefs('SubmissionId'),
    ...readable({
      operationId: 'readSubmissionPage',
      summary: 'Read the page of a submission',
      description:
        "For its speaker, in a browser. The speaker token stands behind the `#` of the link, and so in no request's URL; it takes a button to change anything.",
      ...page('The page, the same for all', html(), 'NotFound'),
    }),
  },
  '/pages/{asset}': {
    parameters: [
      {
        name: 'asset',
        in: 'path',
        required: true,
        description: 'What the page of a submission loads',
        schema: { type: 'string', enum: [...pageAssets.keys()] },
      },
    ],
    ...readable({
      operationId: 'readPageAsset',
      summary: 'Read a part of the page of a submission',
      description: 'Its script and its style.',
      ...page('The part', Object.fromEntries([...pageAssets.values()].map(({ type }) => [type, {}])), 'NotFound'),
    }),
  },
  '/problems': readable({
    operationId: 'readProblems',
    summary: 'Read what to do about each problem',
    description: 'The `type` of every problem points to its place on this page.',
    ...page('The page', html()),
  }),
};

function page(description: string, content: object, ...refusing: 'NotFound'[]) {
  return {
    tags: ['documentation'],
    security: [],
    parameters: parameterRefs('RequestId'),
    responses: {
      200: { description, headers: headerRefs({ 'Cache-Control': 'Public' }), content },
      ...refusalRefs(...refusing),
    },
  };
}

function html() {
  return { 'text/html': {} };
}
