import { Refusal } from '../../http/refusal.ts';
import { referenceAssets } from '../assets.ts';
import { file, html, type Page } from '../routing/page.ts';
import type { Site } from '../site.ts';

const cache = 'public, max-age=300';

/** Swagger UI embeds its images as data URLs, and sends no forms. */
const policy = [
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'",
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
].join('; ');

/** The page that shows the API's description. It is Swagger UI's: the frame's styles would disturb it. */
export function referencePage({ site }: { site: Site }): Page {
  const answer = html(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${site.call.name}: reference`}</title>
        <link rel="icon" href="reference/favicon.png" />
        <link rel="stylesheet" href="reference/swagger-ui.css" />
      </head>
      <body>
        <main id="reference" />
        <noscript>
          This page needs JavaScript. The <a href="openapi.json">description</a> works without it.
        </noscript>
        <script src="reference/swagger-ui.js" />
        <script type="module" src="reference/start.js" />
      </body>
    </html>,
    { cache, headers: { 'Content-Security-Policy': policy } },
  );
  return { path: '/reference', get: () => answer };
}

export function referenceFiles(): Page {
  const assets = referenceAssets();
  return {
    path: '/reference/:asset',
    get: (c) => {
      const asset = assets.get(c.req.param('asset') ?? '');
      if (!asset) throw new Refusal('not-found');
      const { type, age, read } = asset;
      return file(
        { type, content: read() },
        { cache: `public, max-age=${age}`, headers: { 'Content-Security-Policy': policy } },
      );
    },
  };
}
