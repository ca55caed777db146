import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

type Asset = { type: string; read: () => Promise<Uint8Array<ArrayBuffer>> };

const require = createRequire(import.meta.url);

/** Everything the reference page loads, by name. */
export const assets: ReadonlyMap<string, Asset> = new Map([
  ['start.js', file('text/javascript', browserFile('start.js'))],
  ['swagger-ui.js', file('text/javascript', require.resolve('swagger-ui-dist/swagger-ui-bundle.js'))],
  ['swagger-ui.css', file('text/css', require.resolve('swagger-ui-dist/swagger-ui.css'))],
  ['favicon.png', file('image/png', require.resolve('swagger-ui-dist/favicon-32x32.png'))],
]);

/** Everything the submission page loads, by name. */
export const pageAssets: ReadonlyMap<string, Asset> = new Map([
  ['submission.js', file('text/javascript', browserFile('submission.js'))],
  ['submission.css', file('text/css', browserFile('submission.css'))],
]);

/** A file in `browser/` beside this one, both in the source and in `dist`. */
function browserFile(name: string): string {
  return fileURLToPath(new URL(`browser/${name}`, import.meta.url));
}

function file(type: string, path: string): Asset {
  // Read once, with the first request.
  let content: Promise<Uint8Array<ArrayBuffer>> | undefined;
  const read = () => {
    content ??= readFile(path).then((bytes) => new Uint8Array(bytes));
    return content;
  };
  return { type, read };
}
