import { route } from '../routing/route.ts';

/** `describe` makes the OpenAPI document. */
export type DescriptionDependencies = { describe: () => object };

export const readDescription = route(
  {
    who: 'anyone',
    isConstant: true,
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
  ({ describe }: DescriptionDependencies) => {
    // Made with the first request: it takes longer than everything else a gateway does before it listens.
    let content: string | undefined;
    return async () => {
      content ??= JSON.stringify(describe());
      return { status: 200, file: { type: 'application/json', content } };
    };
  },
);
