import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { problems } from '../../../api/http/problems.ts';
import { submissionTo } from '../../../api/routes/examples.ts';
import packageJson from '../../../client/package.json' with { type: 'json' };
import { submissionSchemaFor } from '../../../contract/submission.ts';
import { clientDocuments, clientDocumentsFile } from '../../../dev/contract/client-documents.ts';
import { httpPageFile, withTables } from '../../../dev/contract/http-tables.ts';
import { openApiFile, openApiText } from '../../../dev/contract/openapi-file.ts';
import { anApp, problemType } from '../../support/app.ts';
import { aCall } from '../../support/fixtures.ts';

const methods = ['get', 'head', 'post', 'put', 'patch', 'delete'];

async function describedBy({ app } = anApp()) {
  const document = JSON.parse(await (await app.request('/openapi.json')).text());
  const paths: [string, object][] = Object.entries(document.paths);
  const operations = paths.flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) =>
      methods.includes(method) ? [{ path, method, operation }] : [],
    ),
  );
  return { document, operations };
}

describe('the description of the API', () => {
  test('H31: is the one that is kept with the code (else: npm run openapi)', async () => {
    expect(await readFile(openApiFile, 'utf8')).toBe(await openApiText());
  });

  test('has its tables on the page of the HTTP API (else: npm run openapi)', async () => {
    const page = await readFile(httpPageFile, 'utf8');

    expect(page).toBe(withTables(page));
    expect(page.match(/^<!-- table of .*\n\n\|/gm)).toHaveLength(3);
  });

  test('gives the client its types (else: npm run openapi)', async () => {
    expect(await readFile(clientDocumentsFile, 'utf8')).toBe(clientDocuments());
  });

  test('has the version of the client, which is the one that is published', async () => {
    const { document } = await describedBy();

    expect(document.info.version).toBe(packageJson.version);
  });

  test('H31: has the tracks, the formats and the consents of the call that it is served for', async () => {
    const call = aCall({
      tracks: ['gardens'],
      formats: ['walk', 'talk'],
      consents: [{ id: 'photos', version: '3', text: 'Photos will be taken.' }],
    });

    const { document } = await describedBy(anApp({ call }));

    const { properties, required } = document.components.schemas.Submission;
    expect(properties.track).toMatchObject({ enum: ['gardens'] });
    expect(properties.format).toMatchObject({ enum: ['walk', 'talk'], default: 'walk' });
    expect(properties.consents).toMatchObject({ properties: { photos: { const: '3' } }, required: ['photos'] });
    expect(required).toContain('consents');
  });

  // 155 KB before speakers had routes of their own: what is submitted is there as it is sent, patched, read back and compared.
  test('is served in 200 KB at the most', async () => {
    const { app } = anApp();

    const { headers } = await app.request('/openapi.json');

    expect(Number(headers.get('Content-Length'))).toBeLessThanOrEqual(200_000);
  });

  test('H31: has every route of the gateway, and no other', async () => {
    const { operations } = await describedBy();
    const { routes } = anApp();

    const documented = operations
      .filter(({ method }) => method !== 'head')
      .map(({ method, path }) => `${method} ${path}`);
    expect(documented.sort()).toEqual([...new Set(routes)].sort());
  });

  test('H20, H31: has a HEAD with each GET, with the same answers', async () => {
    const { document } = await describedBy();

    for (const { get, head } of Object.values<Record<string, { responses: object }>>(document.paths))
      expect(head?.responses).toEqual(get?.responses);
  });

  test('H31: links the submit to what can be done next', async () => {
    const { document, operations } = await describedBy();

    const [name] = document.paths['/api/submissions'].post.responses[202].$ref.split('/').slice(-1);
    const { links } = document.components.responses[name];

    const ids = operations.map(({ operation }) => operation.operationId);
    expect(Object.keys(links)).toEqual(['readStatus', 'readStatusHeaders', 'withdraw']);
    for (const [operationId, link] of Object.entries(links)) {
      expect(link).toMatchObject({ operationId, parameters: { id: '$response.body#/id' } });
      expect(ids).toContain(operationId);
    }
  });

  // A form's own, which is no part of the API.
  const ofApi = Object.entries(problems).filter(([code]) => code !== 'cross-origin-form');

  test.each(ofApi)('H25, H31: has the problem %s, with its status', async (code, { status }) => {
    const { document, operations } = await describedBy();

    const answers = Object.entries<{ content?: Record<string, { schema: { properties: object } }> }>(
      document.components.responses,
    );
    const [[name, answer] = []] = answers.filter(([, { content }]) =>
      JSON.stringify(content?.['application/problem+json'] ?? {}).includes(`"${problemType(code)}"`),
    );
    const ofMany = expect.arrayContaining([status]);
    const { properties } = answer?.content?.['application/problem+json']?.schema ?? {};
    expect(properties).toMatchObject({ status: name === 'default' ? { enum: ofMany } : { const: status } });
    const refs = operations.map(({ operation }) => operation.responses[name === 'default' ? name : status]?.$ref);
    expect(refs).toContain(`#/components/responses/${name}`);
  });

  test('has an example that the call takes', () => {
    const call = aCall({ consents: [{ id: 'photos', version: '3', text: 'Photos will be taken.' }] });

    expect(submissionSchemaFor(call).safeParse(submissionTo(call)).error).toBeUndefined();
  });
});
