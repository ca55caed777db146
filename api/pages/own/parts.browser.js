// Puts the parts of a page that was read again in place of those that differ. What is the same stays, with all that was typed
// or opened in it.

/** As they were read: what scripts have added to them since doesn't count. @type {Map<string, string>} */
const read = new Map();
for (const part of partsOf(document)) read.set(part.id, part.innerHTML);

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
    const html = part.innerHTML;
    if (own === null || html === read.get(part.id)) continue;
    isNew ||= part.id === 'part-status';
    replace(own, [...part.childNodes], finish);
    read.set(part.id, html);
  }
  return isNew;
}

/** Another page, in the same frame. @type {(next: Document, finish: (part: HTMLElement) => void) => boolean} */
function replaceAll(next, finish) {
  const main = document.querySelector('main');
  const spoken = document.getElementById('spoken');
  if (main === null || spoken === null) return false;
  read.clear();
  for (const part of partsOf(next)) read.set(part.id, part.innerHTML);
  for (const child of [...main.childNodes]) if (child !== spoken) child.remove();
  for (const child of [...(next.querySelector('main')?.childNodes ?? [])])
    if (!(child instanceof Element) || child.id !== 'spoken') spoken.before(child);
  finish(main);
  return true;
}

/** @type {(own: HTMLElement, children: ChildNode[], finish: (part: HTMLElement) => void) => void} */
function replace(own, children, finish) {
  const hadFocus = own.contains(document.activeElement);
  own.replaceChildren(...children);
  finish(own);
  if (hadFocus) document.querySelector('h1')?.focus();
}

/** @param {Document} page @returns {HTMLElement[]} */
function partsOf(page) {
  return [...page.querySelectorAll('[data-part]')].filter((part) => part instanceof HTMLElement);
}
