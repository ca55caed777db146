/** Documentation for programs and browsers, and the pages of submissions. */
import type { Call } from '../../contract/call/call.ts';
import { parseSubmissionId } from '../../contract/submission-id.ts';
import { assets, pageAssets } from '../pages/assets.ts';
import { problemsPage } from '../pages/problems.ts';
import { referencePage } from '../pages/reference.ts';
import { submissionPage } from '../pages/submission.ts';
import { route } from '../routing/route.ts';

export type DocumentationDependencies = {
  call: Call;
  /** Makes the OpenAPI document. */
  describe: () => object;
};

const shared = { who: 'anyone', isConstant: true } as const;
const type = 'text/html; charset=utf-8';
const page = { description: 'The page', cache: 'public', files: { 'text/html': {} } } as const;
const partOf = (parts: typeof assets) =>
  ({
    description: 'The part',
    cache: 'public',
    files: Object.fromEntries([...parts.values()].map((part) => [part.type, {}])),
  }) as const;

export const readDescription = route(
  {
    ...shared,
    route: 'GET /openapi.json',
    operationId: 'readDescription',
    summary: 'Read this description',
    description: 'OpenAPI 3.1, with the tracks and formats of this call.',
    gives: {
      200: {
        description: 'The description',
        cache: 'public',
        files: { 'application/json': { schema: { type: 'object', required: ['openapi', 'info', 'paths'] } } },
      },
    },
  },
  ({ describe }: Pick<DocumentationDependencies, 'describe'>) => {
    // Made with the first request: it takes longer than everything else a gateway does before it listens.
    let content: string | undefined;
    return async () => {
      content ??= JSON.stringify(describe());
      return { status: 200, file: { type: 'application/json', content } };
    };
  },
);

export const readReference = route(
  {
    ...shared,
    route: 'GET /reference',
    operationId: 'readReference',
    summary: 'Read this description in a browser',
    description: 'A page that shows it, and can send requests.',
    gives: { 200: page },
  },
  ({ call }: { call: Call }) => {
    const content = String(referencePage(`${call.name}: reference`));
    return async () => ({ status: 200, file: { type, content } });
  },
);

export const readReferenceAsset = route(
  {
    ...shared,
    route: 'GET /reference/{asset}',
    operationId: 'readReferenceAsset',
    summary: 'Read a part of the reference page',
    description: 'Its scripts, style and icon: nothing is loaded from another host.',
    gives: { 200: partOf(assets) },
    refuses: ['not-found'],
  },
  () =>
    async ({ params, refuse }) => {
      const asset = assets.get(params.asset) ?? refuse('not-found');
      return { status: 200, file: { type: asset.type, content: await asset.read() } };
    },
);

export const readSubmissionPage = route(
  {
    ...shared,
    route: 'GET /submissions/{id}',
    operationId: 'readSubmissionPage',
    summary: 'Read the page of a submission',
    description:
      "For its speaker, in a browser. The speaker token is behind the `#` of the link, so it is in no request's URL. Nothing changes until a button is pressed.",
    gives: { 200: { ...page, description: 'The page, the same for every submission' } },
    refuses: ['not-found'],
  },
  ({ call }: { call: Call }) => {
    const content = String(submissionPage(`${call.name}: your submission`, call.attendance?.cancelUntil));
    return async ({ params, refuse }) =>
      parseSubmissionId(params.id) === undefined ? refuse('not-found') : { status: 200, file: { type, content } };
  },
);

export const readPageAsset = route(
  {
    ...shared,
    route: 'GET /pages/{asset}',
    operationId: 'readPageAsset',
    summary: 'Read a part of the page of a submission',
    description: 'Its script and style.',
    gives: { 200: partOf(pageAssets) },
    refuses: ['not-found'],
  },
  () =>
    async ({ params, refuse }) => {
      const asset = pageAssets.get(params.asset) ?? refuse('not-found');
      return { status: 200, file: { type: asset.type, content: await asset.read() } };
    },
);

export const readProblems = route(
  {
    ...shared,
    route: 'GET /problems',
    operationId: 'readProblems',
    summary: 'Read what to do about each problem',
    description: 'The `type` of every problem points to its section of this page.',
    gives: { 200: page },
  },
  ({ call }: { call: Call }) => {
    const content = String(problemsPage(`${call.name}: problems`));
    return async () => ({ status: 200, file: { type, content } });
  },
);
