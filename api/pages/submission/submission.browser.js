// The page of one submission. The speaker's token is behind the # of the link, where no server sees it. Opening the page
// changes nothing, since mail scanners open links too (contract H24).

/** @typedef {import('../../../contract/http/status.ts').StatusDocument} Status */
/** @typedef {NonNullable<Status['result']>} Result */

const id = location.pathname.split('/').pop();
const token = location.hash.slice(1);
const url = new URL(`../api/submissions/${id}`, location.href).href;
const [statusLine, detailLine, actions] = [element('status'), element('detail'), element('actions')];
const cancelUntil = Date.parse(actions.dataset.cancelUntil ?? '');
/** @type {number | undefined} */
let timer;

/** @type {Record<Status['status'] | Result['outcome'], string>} */
const sentences = {
  NotStarted: 'Your submission was received.',
  Running: 'Your submission is under review.',
  Succeeded: 'Your submission is decided.',
  Canceled: 'Your submission was withdrawn.',
  Failed: 'Your submission could not be processed.',
  waitlisted: 'Your submission is on the waiting list.',
  accepted: 'Your submission was accepted.',
  rejected: 'Your submission was not accepted.',
};

/** @type {Record<NonNullable<Result['attendance']>, string>} */
const attendances = {
  awaited: 'Will you come? Please answer here.',
  confirmed: 'You have confirmed that you will come.',
  declined: 'You have declined.',
  lapsed: 'No answer arrived in time, and your place went to somebody else.',
  canceled: 'Your talk was canceled.',
};

async function refresh() {
  const response = await fetch(url).catch(() => undefined);
  if (response === undefined || response.status >= 429) return refreshAfter(response, 10);
  if (response.status === 410) return show('This submission was erased.');
  if (!response.ok) return show('There is no such submission.');

  /** @type {Status} */
  const { status, result, error } = await response.json();
  const isOver = status === 'Succeeded' || status === 'Failed' || status === 'Canceled';
  show(sentenceFor(status, result), result?.attendance ? attendances[result.attendance] : error?.message);
  if (token && result?.attendance === 'awaited') {
    offer('I will come', () => send('PUT', '/attendance', { attendance: 'confirmed' }));
    offer("I can't come", () => send('PUT', '/attendance', { attendance: 'declined' }));
  }
  if (token && result?.attendance === 'confirmed' && Date.now() < cancelUntil)
    offer("I can't come after all", askBeforeCanceling);
  if (token && !isOver) offer('Withdraw', () => confirm('Withdraw your talk for good?') && send('DELETE', ''));
  if (!isOver) refreshAfter(response, 5);
}

function askBeforeCanceling() {
  show('Cancel your talk?', "It leaves the programme, and its place may go to another talk. This can't be undone.");
  offer('Cancel the talk', () => send('PUT', '/attendance', { attendance: 'canceled' }));
  offer('Keep it', refresh);
  statusLine.tabIndex = -1;
  statusLine.focus();
}

/** @type {(status: Status['status'], result: Status['result']) => string} */
function sentenceFor(status, result) {
  if (status === 'Succeeded' && result?.outcome === 'waitlisted') return 'No place became free for your submission.';
  return sentences[result?.outcome ?? status];
}

/** @type {(response: Response | undefined, seconds: number) => void} */
function refreshAfter(response, seconds) {
  clearTimeout(timer);
  timer = setTimeout(refresh, 1000 * (Number(response?.headers.get('Retry-After')) || seconds));
}

/** @type {(status: string, detail?: string) => void} */
function show(status, detail = '') {
  statusLine.textContent = status;
  detailLine.textContent = detail;
  actions.replaceChildren();
}

/** @type {(text: string, act: () => void) => void} */
function offer(text, act) {
  const button = document.createElement('button');
  button.textContent = text;
  button.onclick = act;
  actions.append(button);
}

/** @type {(method: string, path: string, content?: object) => Promise<void>} */
async function send(method, path, content) {
  for (const button of actions.querySelectorAll('button')) button.disabled = true;
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const body = content === undefined ? null : JSON.stringify(content);
  const response = await fetch(url + path, { method, headers, body }).catch(() => undefined);
  const problem = response?.ok ? undefined : await response?.json().catch(() => undefined);
  await refresh();
  if (!response?.ok) {
    detailLine.textContent =
      problem?.detail ??
      problem?.title ??
      'No response arrived: your request may have been received, or not. It is safe to press the button again.';
  }
}

/** @type {(name: string) => HTMLElement} */
function element(name) {
  const found = document.getElementById(name);
  if (found === null) throw new Error(`the page has no #${name}`);
  return found;
}

await refresh();
