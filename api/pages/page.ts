import { html } from 'hono/html';

type Content = ReturnType<typeof html>;

/** What all pages of ours have. What they load is relative to them, whatever the public URL has before their path. */
export const page = (title: string, body: Content, style: Content = html``) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${style}
<link rel="icon" href="reference/favicon.png">
</head>
<body>
${body}
</body>
</html>
`;
