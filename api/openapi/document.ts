import { createRequire } from 'node:module';
import type { Call } from '../../contract/call/call.ts';
import { listedSubmissionSchema } from '../../contract/http/listed-submission.ts';
import { problemSchema } from '../../contract/http/problem.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';
import { forBrowsers, headers } from '../http/response-headers.ts';
import { type Definition, partsOf, schemaIn } from '../routing/definition.ts';
import { operationsOf, parameterRef, queryParameters } from './operation.ts';
import { parameters, parametersIn } from './parameters.ts';
import { createResponses, headerRefs } from './responses.ts';
import { jsonSchemas } from './schemas.ts';
import { securitySchemes } from './security-schemes.ts';
import { shareSchemas } from './shared-schemas.ts';

/** Version of the contract, which is released with the client. */
const { version }: { version: string } = createRequire(import.meta.url)('call-for-speakers/package.json');

type Described = { definitions: readonly Definition[]; publicUrl: string; call: Call };

/** What the gateway of this call does, in OpenAPI 3.1 (contract H31). */
export function openApiDocument({ definitions, publicUrl, call }: Described) {
  const responses = createResponses(publicUrl);
  const paths = pathsOf(definitions, { call, responses });
  return {
    openapi: '3.1.1',
    info: {
      title: `${call.name}: call for speakers`,
      version,
      summary: 'Submit a talk, and follow it to the outcome',
      description,
      contact: { name: call.name, email: call.contact, url: publicUrl },
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    servers: [
      { url: publicUrl, description: 'The gateway of this call, in production or in a test', 'x-internal': false },
    ],
    externalDocs: { url: `${publicUrl}/problems`, description: 'All problems, and what to do about them' },
    tags: [
      { name: 'submissions', description: 'Submit a talk, follow it, withdraw it' },
      { name: 'organisers', description: 'For organisers and reviewers, who have tokens of their own' },
      { name: 'documentation', description: 'This description, for programs and people' },
    ],
    paths,
    'x-every-response': {
      headers: headerRefs(forBrowsers),
    },
    components: {
      schemas: schemasFor(definitions, call),
      responses: responses.components,
      parameters: { ...parameters, ...Object.assign({}, ...definitions.map(queryParameters)) },
      headers: headers(publicUrl),
      securitySchemes,
    },
  };
}

const description = [
  'A submit is answered at once, with `202` and the URL to poll. Wait for as many seconds as `Retry-After` says, poll, and',
  'stop when `status` is `Succeeded`, `Failed` or `Canceled`. Use the URLs as you receive them, and build none.',
  '',
  'Every `4xx` and `5xx` is a problem document (RFC 9457); `Retry-After` is present only where a retry helps. Problems that',
  'any request may meet (`405`, `408`, `417`, `431`, `500`) are the `default` response of each operation. `OPTIONS` is for the',
  'preflights of browsers: pages of the origins that the operators have configured may read all responses. The header fields',
  'of every response that concern browsers alone are in `x-every-response`.',
].join('\n');

function pathsOf(
  definitions: readonly Definition[],
  context: Parameters<typeof operationsOf>[1],
): Record<string, object> {
  const paths: Record<string, object> = {};
  for (const definition of definitions) {
    const { path } = partsOf(definition);
    const named = parametersIn(path).map(parameterRef);
    paths[path] = omitUndefined({
      parameters: named.length > 0 ? named : undefined,
      ...paths[path],
      ...operationsOf(definition, context),
    });
  }
  return paths;
}

/** What requests and answers carry. */
function schemasFor(definitions: readonly Definition[], call: Call): Record<string, object> {
  const taken = definitions.flatMap(({ takes = {} }) => [takes.body ?? {}, takes.rawBody ?? {}]);
  const given = definitions.flatMap(({ gives }) => [gives[200]?.body ?? {}, gives[202]?.body ?? {}]);
  const byName = (bodies: NonNullable<NonNullable<Definition['takes']>['body']>[]) =>
    Object.fromEntries(
      bodies.flatMap((body) =>
        Object.keys(body).flatMap((name) => {
          const schema = schemaIn(body, call);
          return schema ? [[name, schema]] : [];
        }),
      ),
    );
  return shareSchemas({
    ...jsonSchemas(byName(taken), 'input'),
    ...jsonSchemas({ ...byName(given), ListedSubmission: listedSubmissionSchema, Problem: problemSchema }, 'output'),
  });
}
