/** All that pages load, from our own host: our files beside the pages, and those of packages. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

export type Asset = {
  type: string;
  /** Seconds. */
  age: number;
  read: () => string | Uint8Array<ArrayBuffer>;
};

const require = createRequire(import.meta.url);
const folder = fileURLToPath(new URL('.', import.meta.url));

const types: Record<string, string> = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };

/** Seconds: a browser doesn't reload it with every page, and soon sees a new version. */
const usualAge = 300;

/** Seconds: it changes with a package only. */
const longAge = 86_400;

/** Whose rules hold wherever the tokens say nothing. */
const sharedStyles = ['frame/tokens.css', 'frame/base.css', 'frame/layout.css', 'parts/parts.css', 'frame/print.css'];

/** Files of ours are found by their names: scripts end in `.browser.js`, so that no module of the server is among them. */
const ours = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /^[\w-]+\/[\w-]+(\.browser\.js|\.css|\.svg)$/.test(name) && !sharedStyles.includes(name))
    .map((name): [string, Asset] => [name, asset(name, () => readFileSync(`${folder}${name}`, 'utf8'))]);

/** By path below `/pages/`. */
export function pageAssets(): ReadonlyMap<string, Asset> {
  return new Map([
    ...ours(),
    [
      'frame/pages.css',
      asset('frame/pages.css', () => sharedStyles.map((name) => readFileSync(`${folder}${name}`, 'utf8')).join('\n')),
    ],
    ['frame/pico.css', asset('frame/pico.css', pico, longAge)],
    ['frame/serif.woff2', { type: 'font/woff2', age: longAge, read: once(serif) }],
  ]);
}

/** By name below `/reference/`. */
export function referenceAssets(): ReadonlyMap<string, Asset> {
  const bytesOf = (file: string) => () => new Uint8Array(readFileSync(file));
  return new Map([
    ['start.js', asset('start.js', () => readFileSync(`${folder}reference/start.browser.js`, 'utf8'))],
    ['swagger-ui.js', asset('swagger-ui.js', bytesOf(require.resolve('swagger-ui-dist/swagger-ui-bundle.js')))],
    ['swagger-ui.css', asset('swagger-ui.css', bytesOf(require.resolve('swagger-ui-dist/swagger-ui.css')))],
    [
      'favicon.png',
      { type: 'image/png', age: usualAge, read: once(bytesOf(require.resolve('swagger-ui-dist/favicon-32x32.png'))) },
    ],
  ]);
}

/** In a layer, so that the rules without one win, whatever the weight of its selectors. */
function pico(): string {
  const text = readFileSync(require.resolve('@picocss/pico/css/pico.classless.min.css'), 'utf8');
  return `@layer base {\n${text.replace(/^\s*@charset "[^"]*";/, '')}\n}\n`;
}

function serif(): Uint8Array<ArrayBuffer> {
  const file = require.resolve('@fontsource/source-serif-4/files/source-serif-4-latin-600-normal.woff2');
  return new Uint8Array(readFileSync(file));
}

function asset(name: string, read: Asset['read'], age = usualAge): Asset {
  const type = types[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
  return { type: `${type}; charset=utf-8`, age, read: once(read) };
}

/** Read with the first request, and then kept. */
function once<Content>(read: () => Content): () => Content {
  let content: { it: Content } | undefined;
  return () => {
    content ??= { it: read() };
    return content.it;
  };
}
