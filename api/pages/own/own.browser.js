// The pages below that of a submission, for whoever has the speaker's token behind the # of the link, where no server sees
// it. Opening a page changes nothing, since mail scanners open links too (contract H24).
import { offerCopies } from '../parts/copy.browser.js';
import { countIn } from '../parts/counter.browser.js';
import { showOwnTimes } from '../parts/time.browser.js';
import { follow } from './follow.browser.js';
import { replaceParts } from './parts.browser.js';
import { isBusy, press } from './press.browser.js';

const spoken = document.getElementById('spoken');
if (spoken) open(spoken);

/** @param {HTMLElement} spoken the one status of the page */
function open(spoken) {
  const { api = '', unsent = '' } = spoken.dataset;
  let token = tokenIn(location.hash);

  /** Reads the page again, as it is for whoever has the token. @type {(url: string, init?: RequestInit) => Promise<boolean | undefined>} */
  async function show(url, init = {}) {
    const headers = { Accept: 'text/html', ...(token && { Authorization: `Bearer ${token}` }) };
    const response = await fetch(url.split('#')[0] ?? '', { ...init, headers }).catch(() => undefined);
    // What is there stands, while it can't be read again. A form that was sent comes back with what was typed.
    if (response === undefined) return undefined;
    if (init.method === undefined && (response.status === 429 || response.status >= 500)) return undefined;
    const next = new DOMParser().parseFromString(await response.text(), 'text/html');
    // Of a proxy, not of ours: what is there stands, with all that was typed.
    if (next.querySelector('main') === null) return undefined;
    history.replaceState(null, '', `${response.url}${token ? `#${token}` : location.hash}`);
    document.title = next.title;
    const isNew = replaceParts(next, (part) => {
      showOwnTimes(part);
      offerCopies(part);
      countIn(part);
    });
    finish();
    return isNew;
  }

  /** A form of a page, sent with the token in place of the cookie. @type {(form: HTMLFormElement, button: HTMLElement | null) => Promise<void>} */
  async function post(form, button) {
    const release = press(button, spoken);
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form, button)) body.append(name, String(value));
    const isRead = await show(form.action, { method: 'POST', body });
    release();
    if (isRead === undefined) unsentNow();
    else focusOn(document.querySelector('[data-focus]') ?? document.querySelector('h1'));
    await look();
  }

  function unsentNow() {
    spoken.textContent = unsent;
    spoken.classList.remove('unseen');
  }

  /** Links to the speaker's own pages keep the token; the one to look again isn't needed. */
  function finish() {
    for (const link of document.querySelectorAll('[data-look]')) if (link instanceof HTMLElement) link.hidden = true;
    for (const link of document.querySelectorAll('a[data-own]'))
      if (link instanceof HTMLAnchorElement && token) link.hash = token;
  }

  /** As a page that was loaded. @param {string} url */
  async function go(url) {
    history.pushState(null, '', url);
    await show(url);
    focusOn(document.querySelector('[data-focus]') ?? document.querySelector('h1'));
    void look();
  }

  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.getAttribute('href')?.startsWith('#')) {
      // A place in the page must not take the place of the token in the address.
      event.preventDefault();
      focusOn(document.getElementById(link.hash.slice(1)));
    } else if (token && 'own' in link.dataset) {
      event.preventDefault();
      void go(link.href);
    }
  });

  document.addEventListener('submit', async (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    if (form.dataset.method === undefined && form.dataset.sends === undefined) return;
    if (isBusy(form)) return event.preventDefault();
    if (token && form.dataset.sends !== undefined) {
      event.preventDefault();
      await post(form, event.submitter);
      return;
    }
    const release = press(event.submitter, spoken);
    if (!token) return;
    event.preventDefault();
    const { method = '', path = '', body = null, said = '' } = form.dataset;
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    const response = await fetch(`${api}${path}`, { method, headers, body }).catch(() => undefined);
    const answer = await response?.json().catch(() => undefined);
    release();
    if (response === undefined) {
      unsentNow();
      return;
    }
    if (typeof answer?.speakerToken === 'string') token = answer.speakerToken;
    const key = response.ok ? said : String(answer?.type ?? '').split('#')[1];
    await go(`${spoken.dataset.page}?said=${key}#${token}`);
  });

  addEventListener('popstate', () => {
    token = tokenIn(location.hash) ?? token;
    void show(location.href);
  });

  const look = follow(spoken, async () => (await show(location.href)) === true);
  void start();

  async function start() {
    finish();
    const isShown = document.querySelector('data[data-own]') !== null;
    if (token && !isShown) await show(location.href);
    if (token) focusOn(document.querySelector('[data-focus]'));
    await look();
  }
}

/** @param {string} hash */
function tokenIn(hash) {
  return /^#([\w-]+(?:\.[\w-]+)+)$/.exec(hash)?.[1];
}

/** @param {Element | null} element */
function focusOn(element) {
  if (!(element instanceof HTMLElement)) return;
  if (element.tabIndex < 0) element.tabIndex = -1;
  element.focus();
}
