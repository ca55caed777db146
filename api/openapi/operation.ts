import { z } from 'zod';
import type { Call } from '../../contract/call/call.ts';
import type { Definition, Example, Gives, Takes } from '../routing/definition.ts';
import { refusalsOf } from '../routing/refusals-of.ts';
import type { HeaderName } from './headers.ts';
import type { parameters } from './parameters.ts';
import { type createResponses, headerRefs } from './responses.ts';
import { schemaRef } from './schemas.ts';

type Context = { call: Call; responses: ReturnType<typeof createResponses> };

/** A route as OpenAPI has it, by its methods: HEAD answers as GET does, without the content (contract H20). */
export function operationsOf(definition: Definition, context: Context): Record<string, object> {
  const { method, operationId, summary } = definition;
  const operation = operationOf(definition, context);
  if (method !== 'get') return { [method]: operation };
  return {
    get: operation,
    head: { ...operation, operationId: `${operationId}Headers`, summary: `${summary}: the header fields alone` },
  };
}

function operationOf(definition: Definition, { call, responses }: Context) {
  const { operationId, tag, who, summary, description, takes = {}, gives } = definition;
  const body = takes.body ?? takes.rawBody;
  const given = Object.entries<Gives>({
    ...(gives[200] ? { 200: gives[200] } : {}),
    ...(gives[202] ? { 202: gives[202] } : {}),
    ...(isTagged(definition) ? { 304: { ...notModified, ...gives[304] } } : {}),
  });
  return {
    ...{ operationId, tags: [tag], summary, description, security: securityOf(who) },
    parameters: [...(takes.query ? parametersOf(takes.query) : []), ...headerParameters(definition)],
    ...(body ? { requestBody: requestBody(body, takes, call) } : {}),
    responses: {
      ...Object.fromEntries(
        given.map(([status, one]) => [
          status,
          responses.refTo(
            `${status}-${operationId}`,
            responseOf(one, { call, usual: body ? 'It is done, or begun' : 'As it is now' }),
          ),
        ]),
      ),
      ...responses.refusals(operationId, refusalsOf(definition)),
    },
  };
}

/** For whoever has it already. */
const notModified = { description: 'The client has it already', cache: 'revalidate' } as const satisfies Gives;

function isTagged({ gives }: Definition): boolean {
  return [gives[200], gives[202]].some((one) => one?.cache === 'revalidate');
}

function securityOf(who: Definition['who']) {
  if (who === 'anyone') return [];
  return [who === 'speaker' ? { speakerToken: [] } : { organiserToken: [] }];
}

/** The parameters of a query, from the very schema that checks them. */
function parametersOf(query: z.ZodObject): object[] {
  return Object.entries(query.shape).map(([name, parameter]) => {
    const { description, $schema, ...schema } = z.toJSONSchema(parameter, { io: 'input', unrepresentable: 'any' });
    return { name, in: 'query', required: false, description: description ?? `Only of this ${name}`, schema };
  });
}

function headerParameters(definition: Definition): object[] {
  const { idempotencyKey, preconditions, prefer } = definition.takes ?? {};
  const names: (keyof typeof parameters)[] = [
    ...(idempotencyKey ? (['IdempotencyKey'] as const) : []),
    ...(preconditions ? (['IfMatch', 'IfUnmodifiedSince', 'UnlessMatch'] as const) : []),
    ...(isTagged(definition) ? (['IfNoneMatch'] as const) : []),
    ...(prefer ? (['Prefer'] as const) : []),
    'RequestId',
  ];
  return names.map((name) => parameterRef(name));
}

export const parameterRef = (name: keyof typeof parameters) => ({ $ref: `#/components/parameters/${name}` });

function requestBody(body: object, { description = 'The command', example }: Takes, call: Call) {
  return { required: true, description, content: json(body, {}, madeFor(call, example)) };
}

function responseOf(
  { description, cache, body, only, files, headers = {}, links, example }: Gives,
  { call, usual }: { call: Call; usual: string },
) {
  const content = { ...(body ? json(body, only, madeFor(call, example)) : {}), ...files };
  return {
    description: description ?? usual,
    headers: headerRefs({ ...cacheHeaders(cache, body && files), ...headers }),
    ...(Object.keys(content).length > 0 ? { content } : {}),
    ...(links ? { links: Object.fromEntries(links.map((operationId) => [operationId, linkTo(operationId)])) } : {}),
  };
}

function json(body: object, only: Gives['only'] = {}, example: object | undefined) {
  const [name = ''] = Object.keys(body);
  const properties = Object.fromEntries(Object.entries(only).map(([property, values]) => [property, { enum: values }]));
  const schema =
    Object.keys(only).length === 0 ? schemaRef(name) : { type: 'object', allOf: [schemaRef(name)], properties };
  return { 'application/json': { schema, ...(example ? { examples: { one: { value: example } } } : {}) } };
}

function madeFor(call: Call, example: Example | undefined): object | undefined {
  return typeof example === 'function' ? example(call) : example;
}

function cacheHeaders(cache: Gives['cache'], mayBeFile: unknown): Record<string, HeaderName> {
  if (cache === 'no-store') return { 'Cache-Control': 'NoStore' };
  if (cache === 'public') return { 'Cache-Control': 'Public' };
  return mayBeFile
    ? { 'Cache-Control': 'RevalidateUnlessFile', ETag: 'ETagUnlessFile' }
    : { 'Cache-Control': 'Revalidate', ETag: 'ETag' };
}

function linkTo(operationId: string) {
  return {
    operationId,
    parameters: { id: '$response.body#/id' },
    description: 'The id of the answer names the submission',
  };
}
