import { html } from 'hono/html';
import { type ProblemCode, problems } from '../http/problems.ts';
import { page } from './page.ts';

/** The page that the `type` of every problem points to, with an anchor for each code. */
export const problemsPage = (title: string) =>
  page(
    title,
    html`<main>
<h1>${title}</h1>
<p>Every refusal is a problem document (RFC 9457), whose <code>type</code> is one of these. The
<a href="reference">reference</a> says where each of them can occur.</p>
${Object.entries(problems).map(([code, problem]) => section(code, problem))}
</main>`,
  );

const section = (code: string, { status, title, advice }: (typeof problems)[ProblemCode]) => html`<section id="${code}">
<h2>${title}</h2>
<p><code>${code}</code>, status ${status}</p>
<p>${advice}</p>
</section>
`;
