/** A page: what it answers to GET, and to the forms on it. */
import type { Context } from 'hono';
import type { JSXNode } from 'hono/jsx';
import { fieldsOf } from '../../http/representation.ts';

export type PageAnswer = {
  status: number;
  headers: Record<string, string>;
  content: string | Uint8Array<ArrayBuffer> | null;
};

type Handle = (c: Context) => PageAnswer | Promise<PageAnswer>;

/** GET answers HEAD too; other methods are 405. */
export type Page = {
  /** In Hono's syntax. */
  path: string;
  get: Handle;
  post?: Handle;
};

type Options = { status?: number; cache?: string; headers?: Record<string, string> };

/** An answer in HTML. @param cache by default not stored */
export function html(
  document: JSXNode | Promise<unknown> | object,
  { status = 200, cache = 'no-store', headers }: Options = {},
): PageAnswer {
  return file({ type: htmlType, content: markupOf(document) }, { status, cache, ...(headers && { headers }) });
}

export function file(
  { type, content }: { type: string; content: string | Uint8Array<ArrayBuffer> },
  { status = 200, cache = 'no-store', headers = {} }: Options = {},
): PageAnswer {
  return { status, content, headers: { 'Cache-Control': cache, ...fieldsOf({ type, content }), ...headers } };
}

/** After a form: the browser reads the next page by GET, so that reloading it sends nothing again. */
export function seeOther(location: string, headers: Record<string, string> = {}): PageAnswer {
  return { status: 303, content: null, headers: { 'Cache-Control': 'no-store', Location: location, ...headers } };
}

export const htmlType = 'text/html; charset=utf-8';

export const markupOf = (document: object): string => `<!doctype html>${String(document)}`;
