import { html } from 'hono/html';
import { page } from './page.ts';

/** The page that shows the API's description. */
export const referencePage = (title: string) =>
  page(
    title,
    html`<main id="reference"></main>
<noscript>This page needs JavaScript. The <a href="openapi.json">description</a> works without it.</noscript>
<script src="reference/swagger-ui.js"></script>
<script type="module" src="reference/start.js"></script>`,
    html`<link rel="stylesheet" href="reference/swagger-ui.css">`,
  );
