import { html } from 'hono/html';
import { page } from './page.ts';

/** Shows the description in a browser. */
export const referencePage = (title: string) =>
  page(
    title,
    html`<main id="reference"></main>
<noscript>This page needs JavaScript. The <a href="openapi.json">description</a> is there without.</noscript>
<script src="reference/swagger-ui.js"></script>
<script src="reference/start.js"></script>`,
    html`<link rel="stylesheet" href="reference/swagger-ui.css">`,
  );

/** In a file of its own, since the page's policy lets no inline script run. The validator would be another host. */
export const startScript = `SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  validatorUrl: null,
});
`;
