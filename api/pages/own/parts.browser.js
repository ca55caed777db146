// Puts the parts of a page that was read again in place of those that differ. What is the same stays, with all that was typed
// or opened in it.

/**
 * @param {Document} next
 * @param {(part: HTMLElement) => void} finish what the scripts of a page do to it on load
 * @returns whether what the status says is another one
 */
export function replaceParts(next, finish) {
  const parts = partsOf(next);
  const isSame = parts.length > 0 && parts.every(({ id }) => document.getElementById(id) !== null);
  if (!isSame) return replaceAll(next, finish);
  let isNew = false;
  for (const part of parts) {
    const own = document.getElementById(part.id);
    if (own === null || own.dataset.part === part.dataset.part) continue;
    isNew ||= part.id === 'part-status';
    replace(own, part, finish);
  }
  return isNew;
}

/** Another page, in the same frame. @type {(next: Document, finish: (part: HTMLElement) => void) => boolean} */
function replaceAll(next, finish) {
  const main = document.querySelector('main');
  const spoken = document.getElementById('spoken');
  if (main === null || spoken === null) return false;
  for (const child of [...main.childNodes]) if (child !== spoken) child.remove();
  for (const child of [...(next.querySelector('main')?.childNodes ?? [])])
    if (!(child instanceof Element) || child.id !== 'spoken') spoken.before(child);
  finish(main);
  return true;
}

/** @type {(own: HTMLElement, next: HTMLElement, finish: (part: HTMLElement) => void) => void} */
function replace(own, next, finish) {
  const hadFocus = own.contains(document.activeElement);
  own.dataset.part = next.dataset.part ?? '';
  own.replaceChildren(...next.childNodes);
  finish(own);
  if (hadFocus) document.querySelector('h1')?.focus();
}

/** @param {Document} page @returns {HTMLElement[]} */
function partsOf(page) {
  return [...page.querySelectorAll('[data-part]')].filter((part) => part instanceof HTMLElement);
}
