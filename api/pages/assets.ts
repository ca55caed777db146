import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { startScript } from './reference.ts';

type Asset = { type: string; read: () => Promise<string | Uint8Array<ArrayBuffer>> };

const packages = createRequire(import.meta.url);

/** All that the reference page loads, by name: what isn't listed isn't there. */
export const assets: ReadonlyMap<string, Asset> = new Map([
  ['start.js', { type: 'text/javascript; charset=utf-8', read: async () => startScript }],
  ['swagger-ui.js', fromPackage('swagger-ui-dist/swagger-ui-bundle.js', 'text/javascript; charset=utf-8')],
  ['swagger-ui.css', fromPackage('swagger-ui-dist/swagger-ui.css', 'text/css; charset=utf-8')],
  ['favicon.png', fromPackage('swagger-ui-dist/favicon-32x32.png', 'image/png')],
]);

function fromPackage(path: string, type: string): Asset {
  return { type, read: async () => new Uint8Array(await readFile(packages.resolve(path))) };
}
