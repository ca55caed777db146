/** The definition of a route, for the router, the parsing, the answers, the OpenAPI document and the tests. */
import type { Context } from 'hono';
import type { z } from 'zod';
import type { Call } from '../../contract/call/call.ts';
import type { Role } from '../../contract/call/visibility.ts';
import type { Person } from '../../contract/committee/person.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Deadline } from '../../process/deadline.ts';
import type { Purpose } from '../../process/speaker-tokens.ts';
import type { ProblemCode } from '../http/problems.ts';
import type { Refuse } from '../http/refusal.ts';
import type { HeaderName, RequiredHeader } from '../http/response-headers.ts';
import type { Who } from '../people/authorize.ts';
import type { implied } from './implied.ts';

/** One schema, under its name in the OpenAPI document. */
type Named<Schema> = Readonly<Record<string, Schema>>;

export type SchemaOfCall = z.ZodType | ((call: Call) => z.ZodType);
export type Example = object | ((call: Call) => object);

export type Takes = {
  body?: Named<SchemaOfCall>;
  /** A body that the handler reads and checks, as it does the Idempotency-Key. */
  rawBody?: Named<SchemaOfCall>;
  /** Of the body; JSON by default. */
  mediaType?: string;
  query?: z.ZodObject;
  prefer?: true;
  /** Of the body. */
  description?: string;
  example?: Example;
};

/**
 * `tagged`: not stored, but with an entity tag for the next change. `shared`: a document that anyone may store for a short
 * while, and revalidate.
 */
export type Cache = 'no-store' | 'tagged' | 'revalidate' | 'public' | 'shared';

export type Gives = {
  description?: string;
  /** By default, GET responses may be stored and revalidated, and all others not stored. */
  cache?: Cache;
  body?: Named<z.ZodType>;
  /** Values that a property of the body is limited to in this answer. */
  only?: Readonly<Record<string, readonly string[]>>;
  /** Contents other than the JSON of `body`, by media type. */
  files?: Readonly<Record<string, object>>;
  /** In addition to those of every answer and those of the cache. */
  headers?: Readonly<Record<string, HeaderName>>;
  /** Routes, by `operationId`, that take the `id` of the body. */
  links?: readonly string[];
  example?: Example;
};

type Method = (typeof methods)[number];

export type Definition = {
  /** GET also answers HEAD. All other methods take preconditions; those with a body take an Idempotency-Key. */
  route: `${Method} /${string}`;
  operationId: string;
  who: Who;
  summary: string;
  description: string;
  takes?: Takes;
  /** `304` follows from `cache: 'revalidate'` or `'shared'`; described here only to add to it. */
  gives: {
    200?: Gives;
    202?: Gives;
    /** Without content. */
    204?: Pick<Gives, 'description' | 'cache' | 'headers'>;
    304?: Pick<Gives, 'description' | 'headers'>;
  };
  /** Codes in addition to those in `implied`. */
  refuses?: readonly ProblemCode[];
  /** Answered from memory: neither the database nor Temporal is asked. */
  isConstant?: true;
};

type In<Type, Key extends string> = Type extends { [K in Key]: infer Value } ? Value : unknown;
type SchemaIn<Names> = Names extends Named<infer Schema> ? Schema : never;
type Output<Schema> = Schema extends (call: Call) => infer Made ? Output<Made> : z.output<Extract<Schema, z.ZodType>>;
type ParameterIn<Path> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | ParameterIn<Rest> : never;

/** Codes that a handler may refuse with. */
type Refused<D extends Definition> =
  | In<D, 'refuses'>[number & keyof In<D, 'refuses'>]
  | (typeof implied)[keyof In<D, 'takes'> & keyof typeof implied][number]
  | (D['route'] extends `GET ${string}` ? never : (typeof implied)['changes'][number])
  | (D extends { isConstant: true } ? never : (typeof implied)['asks'][number]);

/** The request, as the handler gets it. */
export type Asked<D extends Definition> = {
  c: Context;
  params: Record<ParameterIn<D['route']>, string>;
  query: Output<In<In<D, 'takes'>, 'query'>>;
  body: Output<SchemaIn<In<In<D, 'takes'>, 'body'>>>;
  /** The JSON value of the body, as sent. */
  content: unknown;
  key: string | undefined;
  deadline: Deadline;
  /** The submission in the path, where `who` holds a token of it. */
  id: D['who'] extends 'speaker' | Purpose ? SubmissionId : never;
  /** Of the token of the speaker. */
  generation: D['who'] extends 'speaker' ? number : never;
  /** Of the address, or of the co-speaker, that a token of one purpose is for. */
  number: D['who'] extends Purpose ? number : never;
  /** The address that a token gives access to the talks of. */
  email: D['who'] extends 'access' ? string : never;
  person: D['who'] extends Role ? Person : never;
  refuse: Refuse<Refused<D> & ProblemCode>;
};

export type File = { type: string; content: string | Uint8Array<ArrayBuffer> | ReadableStream };

type HeadersOf<G> = G extends { headers: infer Names }
  ? {
      headers: { [K in keyof Names as Names[K] extends RequiredHeader ? K : never]: string } & {
        [K in keyof Names as Names[K] extends RequiredHeader ? never : K]?: string;
      };
    }
  : unknown;

type Content<G> =
  | (G extends { body: infer Names } ? { body: Output<SchemaIn<Names>> } : never)
  | (G extends { files: object } ? { file: File } : never);

type WithContent = 200 | 202;

type Status = WithContent | 204;

/** What a handler may answer: a declared status, with its content and headers. */
export type Answer<D extends Definition> = {
  [S in keyof D['gives'] & Status]: { status: S } & (S extends WithContent ? Content<D['gives'][S]> : unknown) &
    HeadersOf<D['gives'][S]>;
}[keyof D['gives'] & Status];

export function schemaIn(named: Named<SchemaOfCall>, call: Call): z.ZodType | undefined {
  const [schema] = Object.values(named);
  return typeof schema === 'function' ? schema(call) : schema;
}

export function partsOf({ route }: Pick<Definition, 'route'>): { method: Method; path: string } {
  const [method, path] = [methods.find((one) => route.startsWith(one)) ?? 'GET', route.slice(route.indexOf('/'))];
  return { method, path };
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

export const isTagged = (cache: Cache): boolean => cache === 'revalidate' || cache === 'shared';

export function cacheOf({ route }: Pick<Definition, 'route'>, { cache }: Pick<Gives, 'cache'>): Cache {
  return cache ?? (route.startsWith('GET') ? 'revalidate' : 'no-store');
}
