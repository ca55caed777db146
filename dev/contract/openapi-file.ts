import { fileURLToPath } from 'node:url';
import { loadCall } from '../../api/call-file.ts';
import { openApiDocument } from '../../api/openapi/document.ts';
import { definitions } from '../../api/routes/routes.ts';

/** The OpenAPI document of the example call. */
export const openApiFile = new URL('../../openapi.json', import.meta.url);

export async function openApiText(): Promise<string> {
  const call = await loadCall(fileURLToPath(new URL('../../examples/call.yaml', import.meta.url)));
  return `${JSON.stringify(openApiDocument({ definitions, publicUrl: 'https://cfs.example.org', call }), null, 2)}\n`;
}
