import { problemType } from '../http/problem.ts';
import { type ProblemCode, problems } from '../http/problems.ts';
import { type HeaderName, onEach } from '../http/response-headers.ts';
import { isOfAnyRequest } from '../routing/implied.ts';
import { schemaRef } from './schemas.ts';

type Response = { description: string; headers: object; content?: object };

/** Responses as components: one that several operations have is there once. */
export function createResponses(publicUrl: string) {
  const names = new Map<string, string>();
  const components: Record<string, Response> = {};

  /** @param name if it is another one than those that are there already */
  function refTo(name: string, response: Response) {
    const text = JSON.stringify(response);
    const known = names.get(text) ?? name;
    names.set(text, known);
    components[known] = response;
    return { $ref: `#/components/responses/${known}` };
  }

  return {
    components,
    refTo,

    /** By status, as an operation lists them. */
    refusals: (operationId: string, codes: ReadonlySet<ProblemCode>) => {
      const byStatus = new Map<string, ProblemCode[]>();
      for (const code of [...codes].sort()) {
        const status = isOfAnyRequest(code) ? 'default' : String(problems[code].status);
        byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
      }
      return Object.fromEntries(
        [...byStatus].map(([status, ofStatus]) => {
          return [
            status,
            refTo(status in components ? `${status}-${operationId}` : status, refusal(publicUrl, status, ofStatus)),
          ];
        }),
      );
    },
  };
}

/** Header fields of a response, by reference. */
export function headerRefs(names: Readonly<Record<string, HeaderName>>): object {
  return Object.fromEntries(
    Object.entries(names).map(([field, name]) => [field, { $ref: `#/components/headers/${name}` }]),
  );
}

function refusal(publicUrl: string, status: string, codes: readonly ProblemCode[]): Response {
  const statuses = [...new Set(codes.map((code) => problems[code].status))];
  return {
    description: codes.map((code) => `\`${code}\`: ${problems[code].title}. ${problems[code].advice}`).join('\n\n'),
    headers: headerRefs({ ...onEach, 'Cache-Control': 'NoStore', ...fieldsOf(status) }),
    content: {
      'application/problem+json': {
        schema: {
          type: 'object',
          allOf: [schemaRef('Problem')],
          properties: {
            type: { enum: codes.map((code) => problemType(publicUrl, code)) },
            status: statuses.length > 1 ? { enum: statuses } : { const: statuses[0] },
          },
        },
      },
    },
  };
}

/** Header fields of some refusals only. Those that Node makes before the app is called have no request id. */
function fieldsOf(status: string): Record<string, HeaderName> {
  switch (status) {
    case 'default':
      return { 'X-Request-Id': 'RequestIdIfRead', Allow: 'Allow' };
    case '400':
      return { 'X-Request-Id': 'RequestIdIfRead' };
    case '401':
      return { 'WWW-Authenticate': 'WwwAuthenticate' };
    case '415':
      return { Accept: 'AcceptedType', 'Accept-Patch': 'AcceptedPatch', 'Accept-Encoding': 'AcceptedCoding' };
    case '429':
      return { 'Retry-After': 'RetryAfter', RateLimit: 'RateLimit', 'RateLimit-Policy': 'RateLimitPolicy' };
    case '503':
      return { 'Retry-After': 'RetryAfter' };
    default:
      return {};
  }
}
