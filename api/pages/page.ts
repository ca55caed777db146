import { html } from 'hono/html';

type Content = ReturnType<typeof html>;

/**
 * The frame of all pages. URLs in it are relative, since the public URL may have a path of its own.
 *
 * @param root relative URL from the page to the public URL
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
