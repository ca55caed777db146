// Forms that need the private code of a link. It stands behind the # of the address, where no server sees it; the script
// takes it from there, and sends it as a Bearer token. Opening a page changes nothing: a press of its button does
// (contract H24).
import { showOwnTimes } from '../parts/time.browser.js';

/** Milliseconds after which a slow answer is explained. */
const slow = 10_000;

const isCode = (/** @type {string} */ text) => text.includes('.');
const code = location.hash.slice(1);

if (isCode(code)) useCode();
keepCode();
// Another link to the same page was opened in its place.
addEventListener('hashchange', () => {
  if (isCode(location.hash.slice(1))) location.reload();
});
document.addEventListener('submit', (event) => {
  const form = event.target;
  const given = form instanceof HTMLFormElement ? codeOf(form) : '';
  if (!(form instanceof HTMLFormElement) || !form.matches('[data-code]') || given === '') return;
  event.preventDefault();
  void send(form, given, event.submitter);
});

function useCode() {
  for (const field of document.querySelectorAll('[data-code-field]')) {
    const input = field.querySelector('input');
    if (input) input.value = code;
    if (field instanceof HTMLElement) field.hidden = true;
  }
  // It would take the code out of the address.
  document.querySelector('a.skip')?.addEventListener('click', (event) => {
    event.preventDefault();
    document.querySelector('main')?.focus();
  });
  const opening = document.querySelector('form[data-opening]');
  if (opening instanceof HTMLFormElement) void send(opening, code, opening.querySelector('button'));
}

/** Links between the pages of one code have it too, which stands in the address, or in the form if that was sent. */
function keepCode() {
  const sent = document.querySelector('input[type=hidden][name=code]');
  const known = isCode(code) ? code : sent instanceof HTMLInputElement ? sent.value : '';
  for (const link of document.querySelectorAll('a[data-keeps-code]'))
    if (link instanceof HTMLAnchorElement && known) link.hash = known;
}

/** @param {HTMLFormElement} form */
function codeOf(form) {
  const given = new FormData(form).get('code');
  return typeof given === 'string' ? (given.split('#').at(-1)?.trim() ?? '') : '';
}

/** @type {(form: HTMLFormElement, given: string, submitter: HTMLElement | null) => Promise<void>} */
async function send(form, given, submitter) {
  if (form.getAttribute('aria-busy') === 'true') return;
  const { sending = '', slowly = '', unsent = '' } = form.dataset;
  const words = [...(submitter?.childNodes ?? [])];
  form.setAttribute('aria-busy', 'true');
  submitter?.replaceChildren(sending);
  say(form, '');
  const timer = setTimeout(() => say(form, slowly), slow);
  try {
    const next = (await askApi(form, given)) ?? (await askPage(form, given, submitter));
    if (next !== undefined) location.assign(next);
  } catch {
    say(form, unsent);
  } finally {
    clearTimeout(timer);
    form.removeAttribute('aria-busy');
    submitter?.replaceChildren(...words);
  }
}

/**
 * Asks for the speaker's own token. Whatever else comes back, the page has the words for it.
 *
 * @type {(form: HTMLFormElement, given: string) => Promise<string | undefined>}
 */
async function askApi(form, given) {
  const { api, content, then = '', thenAgain = '' } = form.dataset;
  if (api === undefined) return undefined;
  const page = form.action.replace(/\/[\w-]+$/, '');
  const response = await fetch(page.replace(/\/(submissions\/[^/]+)$/, '/api/$1') + api, {
    method: 'POST',
    headers: { Authorization: `Bearer ${given}`, ...(content && { 'Content-Type': 'application/json' }) },
    body: content ?? null,
  });
  /** @type {{ speakerToken?: string, wasProved?: true }} */
  const { speakerToken, wasProved } = await response.json();
  // A problem has none.
  return speakerToken && `${page}?said=${wasProved ? thenAgain : then}#${speakerToken}`;
}

/**
 * Sends the form, and shows the page that comes back in the place of this one. Returns where to go, if that is elsewhere.
 *
 * @type {(form: HTMLFormElement, given: string, submitter: HTMLElement | null) => Promise<string | undefined>}
 */
async function askPage(form, given, submitter) {
  const body = new URLSearchParams();
  if (submitter instanceof HTMLButtonElement && submitter.name) body.set(submitter.name, submitter.value);
  const response = await fetch(form.action, {
    method: 'POST',
    headers: { Authorization: `Bearer ${given}`, Accept: 'text/html' },
    body,
  });
  if (response.redirected) return response.url;
  show(new DOMParser().parseFromString(await response.text(), 'text/html'));
  return undefined;
}

/** @param {Document} page */
function show(page) {
  const [main, made] = [document.querySelector('main'), page.querySelector('main')];
  if (!main || !made) throw new Error('no page came back');
  for (const style of page.querySelectorAll('link[rel=stylesheet]'))
    if (!document.head.querySelector(`link[href="${style.getAttribute('href')}"]`)) document.head.append(style);
  main.replaceChildren(...made.childNodes);
  document.title = page.title;
  showOwnTimes(main);
  keepCode();
  const asked = main.querySelector('[data-focus]');
  if (asked instanceof HTMLElement) asked.focus();
}

/** @type {(form: HTMLFormElement, words: string) => void} */
function say(form, words) {
  const status = form.querySelector('[data-said]');
  if (status) status.textContent = words;
}
