import { html } from 'hono/html';
import { page } from './page.ts';

/** The page of one submission, the same for all: what it shows, its script asks for, with the access that the link carries. */
export const submissionPage = (title: string) =>
  page(
    title,
    html`<main>
<h1>${title}</h1>
<p id="said" role="status">…</p>
<p id="more"></p>
<p id="deeds"></p>
<noscript>This page needs JavaScript.</noscript>
</main>
<script src="../pages/submission.js"></script>`,
    html`<link rel="stylesheet" href="../pages/submission.css">`,
    '../',
  );

export const submissionStyle = `:root { color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif; }
main { max-width: 38rem; margin: 3rem auto; padding: 0 1rem; }
#said { font-size: 1.4rem; }
button { font: inherit; padding: 0.5rem 1.2rem; margin: 0 0.6rem 0.6rem 0; cursor: pointer; }
button:disabled { cursor: progress; }
`;

/**
 * The speaker's token stands behind the # of the link, where no server sees it. To open the page changes nothing, whoever
 * opens it (contract H24): it takes a button.
 */
export const submissionScript = `const id = location.pathname.split('/').pop();
const token = location.hash.slice(1);
const url = new URL('../api/submissions/' + id, location.href);
const [said, more, deeds] = ['said', 'more', 'deeds'].map((name) => document.getElementById(name));

const sentences = {
  NotStarted: 'Your submission is received.',
  Running: 'Your submission is under review.',
  Canceled: 'Your submission is withdrawn.',
  Failed: 'Your submission could not be processed.',
  waitlisted: 'Your submission is on the waiting list.',
  accepted: 'Your submission is accepted.',
  rejected: 'Your submission is not accepted.',
};
const attendances = {
  awaited: 'Will you come? Please answer here.',
  confirmed: 'You have confirmed that you will come.',
  declined: 'You have declined.',
  lapsed: 'No answer came in time, and the place went to somebody else.',
};

async function look() {
  const answer = await fetch(url).catch(() => undefined);
  if (answer === undefined || answer.status >= 429) return again(answer, 10);
  if (answer.status === 410) return tell('This submission was erased.');
  if (!answer.ok) return tell('There is no such submission.');
  const { status, result = {}, error } = await answer.json();
  const isOver = ['Succeeded', 'Failed', 'Canceled'].includes(status);
  const ended = isOver && result.outcome === 'waitlisted' ? 'No place came free for your submission.' : undefined;
  tell(ended ?? sentences[result.outcome ?? status], attendances[result.attendance] ?? error?.message);
  if (result.attendance === 'awaited' && token) {
    offer('I will come', () => send('PUT', '/attendance', { attendance: 'confirmed' }));
    offer('I can not come', () => send('PUT', '/attendance', { attendance: 'declined' }));
  }
  if (!isOver && token)
    offer('Withdraw it', () => confirm('Withdraw it for good?') && send('DELETE', ''));
  if (!isOver) again(answer, 5);
}

function again(answer, seconds) {
  clearTimeout(again.timer);
  again.timer = setTimeout(look, 1000 * (Number(answer?.headers.get('Retry-After')) || seconds));
}

function tell(text, detail = '') {
  said.textContent = text;
  more.textContent = detail;
  deeds.replaceChildren();
}

function offer(text, act) {
  const button = document.createElement('button');
  button.textContent = text;
  button.onclick = act;
  deeds.append(button);
}

async function send(method, path, content) {
  for (const button of deeds.children) button.disabled = true;
  const headers = { Authorization: 'Bearer ' + token, 'Content-Type': 'application/json' };
  const answer = await fetch(url + path, { method, headers, body: content && JSON.stringify(content) }).catch(() => undefined);
  const problem = answer?.ok ? undefined : await answer?.json().catch(() => undefined);
  await look();
  if (!answer?.ok) more.textContent =
    problem?.detail ?? problem?.title ?? 'No answer came: it may have arrived, or not. It is safe to press the button again.';
}

look();
`;
