import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'vitest';
import { problems } from '../../api/http/problems.ts';
import { openApiDocument } from '../../api/openapi/document.ts';
import { definitions } from '../../api/routes/routes.ts';
import { implied } from '../../api/routing/implied.ts';
import { aCall, publicUrl } from './fixtures.ts';

const document = openApiDocument({ definitions, publicUrl, call: aCall() });
const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
addFormats.default(ajv);
ajv.addSchema(document, 'openapi');

/** Status codes of the default response. */
const ofAnyRequest: number[] = implied.anyRequest.map((code) => problems[code].status);

/** Each with the pattern of its paths. */
const templates = Object.keys(document.paths).map((template) => ({
  template,
  pattern: new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`),
}));

/** Fails unless the answer to a request is as the description of the API has it (contract H31). */
export async function expectDocumented(method: string, url: string, response: Response): Promise<void> {
  // The preflights of browsers are no operations of ours, on whatever path.
  if (method === 'OPTIONS') return expect([204, 404, 405]).toContain(response.status);
  const { pathname } = new URL(url, publicUrl);
  const path = templateOf(pathname);
  // Pages are no part of the description.
  if (path === undefined && !pathname.startsWith('/api')) return;
  if (path === undefined) return expect(response.status).toBe(404);
  const operation = ['paths', path, method.toLowerCase()];
  if (at(operation) === undefined) return expect(response.status).toBe(405);

  const own = resolved([...operation, 'responses', String(response.status)]);
  if (at(own) === undefined && !ofAnyRequest.includes(response.status))
    expect.fail(`${method} ${path} doesn't document ${response.status}`);
  const description = at(own) === undefined ? resolved([...operation, 'responses', 'default']) : own;
  expectHeaders(description, response);
  expectHeaders(['x-every-response'], response);
  await expectContent(description, method, response);
}

function expectHeaders(description: string[], response: Response) {
  for (const field of Object.keys(asObject(at([...description, 'headers'])))) {
    const header = resolved([...description, 'headers', field]);
    const value = response.headers.get(field);
    if (value === null) {
      if (at([...header, 'required']) === true) expect.fail(`${response.status} has no ${field}`);
      continue;
    }
    const isNumber = at([...header, 'schema', 'type']) === 'integer';
    expectValid([...header, 'schema'], isNumber ? Number(value) : value, `${response.status}'s ${field}`);
  }
}

async function expectContent(description: string[], method: string, response: Response) {
  const content = asObject(at([...description, 'content']));
  const text = await response.text();
  if (method === 'HEAD' || Object.keys(content).length === 0) return expect(text).toBe('');
  const type = response.headers.get('Content-Type')?.split(';')[0] ?? '';
  expect(Object.keys(content)).toContain(type);
  if (!type.endsWith('json')) return;
  expectValid([...description, 'content', type, 'schema'], JSON.parse(text), `the content of ${response.status}`);
}

function expectValid(schema: string[], value: unknown, what: string) {
  const pointer = `openapi#/${schema.map((key) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
  const validate = ajv.getSchema(pointer);
  if (!validate) throw new Error(`${pointer} is no schema`);
  // Thousands of answers are right: an assertion costs many times what it asserts here.
  if (!validate(value)) expect.fail(`${what}: ${ajv.errorsText(validate.errors)} in ${JSON.stringify(value)}`);
}

function templateOf(pathname: string): string | undefined {
  return templates.find(({ pattern }) => pattern.test(pathname))?.template;
}

/** The place of what is described, behind a reference or not. */
function resolved(path: string[]): string[] {
  const { $ref } = asObject(at(path));
  return typeof $ref === 'string' ? $ref.slice(2).split('/') : path;
}

function at(path: string[]): unknown {
  return path.reduce<unknown>((value, key) => asObject(value)[key], document);
}

function asObject(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
