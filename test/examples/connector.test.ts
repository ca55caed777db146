import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openApiDocument } from '../../api/openapi/document.ts';
import { definitions } from '../../api/routes/routes.ts';
import { announcedSchema } from '../../contract/http/organiser-answers.ts';
import { aCall, publicUrl } from '../support/fixtures.ts';

const connector = JSON.parse(
  await readFile(new URL('../../examples/polling/logic-apps-connector.json', import.meta.url), 'utf8'),
);

/** All properties that a schema names, as paths. */
function pathsOf(schema: unknown, definitions: Record<string, unknown>, before = ''): string[] {
  const { $ref, properties = {} } = z
    .looseObject({ $ref: z.string().optional(), properties: z.record(z.string(), z.unknown()).optional() })
    .parse(schema);
  if ($ref !== undefined) return pathsOf(definitions[$ref.split('/').at(-1) ?? ''], definitions, before);
  return Object.entries(properties).flatMap(([name, inner]) => [
    `${before}/${name}`,
    ...pathsOf(inner, definitions, `${before}/${name}`),
  ]);
}

test('H32, H33: the connector for Logic Apps names the route of the trigger, and what it answers', () => {
  const [[path, { get }] = ['', { get: undefined }]] = Object.entries<{ get: Record<string, unknown> }>(
    connector.paths,
  );
  const { paths } = openApiDocument({ definitions, publicUrl, call: aCall() });
  const { $defs = {}, ...announced } = z.toJSONSchema(announcedSchema, { reused: 'ref' });

  expect(Object.keys(paths)).toContain(path);
  expect(get).toMatchObject({ 'x-ms-trigger': 'single', parameters: [{ name: 'triggerState', in: 'query' }] });
  const there = new Set(pathsOf(announced, $defs));
  const named = pathsOf(connector.definitions.Announced, connector.definitions);
  expect(named.length).toBeGreaterThan(8);
  for (const name of named) expect(there).toContain(name);
});
