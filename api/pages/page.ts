import { html } from 'hono/html';

type Content = ReturnType<typeof html>;

/**
 * What all pages of ours have. What they load is relative to them, whatever the public URL has before their path.
 *
 * @param root the way from the page to where the public URL ends
 */
export const page = (title: string, body: Content, style: Content = html``, root = '') => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="${root}reference/favicon.png">
${style}
</head>
<body>
${body}
</body>
</html>
`;
