import { html } from 'hono/html';

/** Shows the description in a browser. What it loads is relative to it, whatever the public URL has before `/reference`. */
export const referencePage = (title: string) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="reference/favicon.png">
<link rel="stylesheet" href="reference/swagger-ui.css">
</head>
<body>
<main id="reference"></main>
<noscript>This page needs JavaScript. The <a href="openapi.json">description</a> is there without.</noscript>
<script src="reference/swagger-ui.js"></script>
<script src="reference/start.js"></script>
</body>
</html>
`;

/** In a file of its own, since the page's policy lets no inline script run. The validator would be another host. */
export const startScript = `SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  validatorUrl: null,
});
`;
