import { html } from 'hono/html';
import { page } from './page.ts';

/**
 * The page of a submission, the same for all: its script (`browser/submission.js`) fetches what it shows.
 *
 * @param cancelUntil until when who has confirmed is offered to cancel
 */
export const submissionPage = (title: string, cancelUntil = '') =>
  page(
    title,
    html`<main>
<h1>${title}</h1>
<p id="status" role="status">…</p>
<p id="detail"></p>
<p id="actions" data-cancel-until="${cancelUntil}"></p>
<noscript>This page needs JavaScript.</noscript>
</main>
<script type="module" src="../pages/submission.js"></script>`,
    html`<link rel="stylesheet" href="../pages/submission.css">`,
    '../',
  );
