import { z } from 'zod';
import type { Call } from '../../contract/call/call.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';
import { type HeaderName, onEach } from '../http/response-headers.ts';
import {
  type Cache,
  cacheOf,
  type Definition,
  type Example,
  type Gives,
  isTagged,
  partsOf,
  type Takes,
} from '../routing/definition.ts';
import { refusalsOf } from '../routing/refusals-of.ts';
import type { parameters } from './parameters.ts';
import { type createResponses, headerRefs } from './responses.ts';
import { schemaRef } from './schemas.ts';

type Context = { call: Call; responses: ReturnType<typeof createResponses> };

/** A route as OpenAPI has it, by its methods: HEAD answers as GET does, without the content (contract H20). */
export function operationsOf(definition: Definition, context: Context): Record<string, object> {
  const { operationId, summary } = definition;
  const { method } = partsOf(definition);
  const operation = operationOf(definition, context);
  if (method !== 'GET') return { [method.toLowerCase()]: operation };
  return {
    get: operation,
    head: {
      ...operation,
      operationId: `${operationId}Headers`,
      summary: `${summary}: the header fields alone`,
      description: 'As `GET`, without the content.',
    },
  };
}

function operationOf(definition: Definition, { call, responses }: Context) {
  const { operationId, who, summary, description, takes = {}, gives } = definition;
  const body = takes.body ?? takes.rawBody;
  const notModified = omitUndefined({
    description: 'Not modified: the client has the current version',
    cache: gives[200]?.cache,
    ...gives[304],
  });
  const given = Object.entries<Gives>(
    omitUndefined({
      200: gives[200],
      202: gives[202],
      204: gives[204],
      304: hasTag(definition) ? notModified : undefined,
    }),
  );
  return omitUndefined({
    operationId,
    tags: [tagOf(definition)],
    summary,
    description,
    security: securityOf(who),
    parameters: [
      ...Object.keys(queryParameters(definition)).map(parameterRef),
      ...headerParameters(definition).map(parameterRef),
    ],
    requestBody: body && requestBody(body, takes, call),
    responses: {
      ...Object.fromEntries(
        given.map(([status, one]) => {
          const usual = {
            description: body ? 'Done, or started' : 'The current state',
            cache: cacheOf(definition, one),
          };
          return [status, responses.refTo(`${status}-${operationId}`, responseOf({ ...usual, ...one }, call))];
        }),
      ),
      ...responses.refusals(operationId, refusalsOf(definition)),
    },
  });
}

function hasTag(definition: Definition): boolean {
  const { gives } = definition;
  return [gives[200], gives[202]].some((one) => one !== undefined && isTagged(cacheOf(definition, one)));
}

function tagOf(definition: Definition): string {
  const { path } = partsOf(definition);
  if (path.startsWith('/api/organiser')) return 'organisers';
  return path.startsWith('/api') ? 'submissions' : 'documentation';
}

function securityOf(who: Definition['who']) {
  if (who === 'anyone') return [];
  if (who === 'speaker') return [{ speakerToken: [] }];
  return [who === 'reviewer' || who === 'organiser' ? { organiserToken: [] } : { linkToken: [] }];
}

/** The parameters of a query, from the very schema that checks them. */
export function queryParameters({ operationId, takes }: Definition): Record<string, object> {
  return Object.fromEntries(
    Object.entries(takes?.query?.shape ?? {}).map(([name, parameter]) => {
      const { description, $schema, ...schema } = z.toJSONSchema(parameter, { io: 'input', unrepresentable: 'any' });
      const more = { required: false, description: description ?? `Only items with this ${name}`, schema };
      return [`${operationId}.${name}`, { name, in: 'query', ...more }];
    }),
  );
}

function headerParameters(definition: Definition): (keyof typeof parameters)[] {
  const { body, rawBody, prefer } = definition.takes ?? {};
  const { method } = partsOf(definition);
  return [
    ...(body || rawBody ? (['IdempotencyKey'] as const) : []),
    ...(method === 'GET'
      ? []
      : ([method === 'PATCH' ? 'IfMatchRequired' : 'IfMatch', 'IfUnmodifiedSince', 'UnlessMatch'] as const)),
    ...(hasTag(definition) ? (['IfNoneMatch'] as const) : []),
    ...(prefer ? (['Prefer'] as const) : []),
    'RequestId',
  ];
}

export const parameterRef = (name: string) => ({ $ref: `#/components/parameters/${name}` });

function requestBody(body: object, { description = 'The command', example, mediaType }: Takes, call: Call) {
  return { required: true, description, content: json(body, {}, madeFor(call, example), mediaType) };
}

function responseOf(
  {
    description,
    cache,
    body,
    only,
    files,
    headers = {},
    links,
    example,
  }: Gives & { description: string; cache: Cache },
  call: Call,
) {
  const content = { ...(body ? json(body, only, madeFor(call, example)) : {}), ...files };
  return omitUndefined({
    description,
    headers: headerRefs({ ...onEach, ...cacheHeaders(cache, body && files), ...headers }),
    content: Object.keys(content).length > 0 ? content : undefined,
    links: links && Object.fromEntries(links.map((operationId) => [operationId, linkTo(operationId)])),
  });
}

function json(body: object, only: Gives['only'] = {}, example: object | undefined, mediaType = 'application/json') {
  const [name = ''] = Object.keys(body);
  const properties = Object.fromEntries(Object.entries(only).map(([property, values]) => [property, { enum: values }]));
  const schema =
    Object.keys(only).length === 0 ? schemaRef(name) : { type: 'object', allOf: [schemaRef(name)], properties };
  return { [mediaType]: omitUndefined({ schema, examples: example && { one: { value: example } } }) };
}

function madeFor(call: Call, example: Example | undefined): object | undefined {
  return typeof example === 'function' ? example(call) : example;
}

function cacheHeaders(cache: Cache, mayBeFile: unknown): Record<string, HeaderName> {
  if (cache === 'tagged') return { 'Cache-Control': 'NoStoreTagged' };
  if (cache === 'no-store') return { 'Cache-Control': 'NoStore' };
  if (cache === 'public') return { 'Cache-Control': 'Public' };
  if (cache === 'shared') return { 'Cache-Control': 'Shared', ETag: 'ETag' };
  return mayBeFile
    ? { 'Cache-Control': 'RevalidateUnlessFile', ETag: 'ETagUnlessFile' }
    : { 'Cache-Control': 'Revalidate', ETag: 'ETag' };
}

function linkTo(operationId: string) {
  return {
    operationId,
    parameters: { id: '$response.body#/id' },
    description: 'The id in the response identifies the submission',
  };
}
