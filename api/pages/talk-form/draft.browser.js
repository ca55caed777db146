// Keeps what is typed on this device, with the key that it will be sent under, until it was submitted. Adds rows for
// co-speakers in place.

/** Milliseconds after the last key. */
const pause = 1_000;

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */

const locale = document.documentElement.lang === 'en' ? 'en-GB' : document.documentElement.lang;

const form = document.querySelector('form[data-draft]');
if (form instanceof HTMLFormElement) keep(form);

/** @param {HTMLFormElement} form */
function keep(form) {
  const { draft = '', isAnswer, kept = '' } = form.dataset;
  const line = form.querySelector('[data-kept]');
  const clear = form.querySelector('[data-clear]');
  const key = form.elements.namedItem('key');
  const firstKey = key instanceof HTMLInputElement ? key.value : '';
  const empty = JSON.stringify(entries(form));
  /** @type {number | undefined} */
  let timer;

  const write = () => {
    clearTimeout(timer);
    const fields = entries(form);
    if (JSON.stringify(fields) === empty && isAnswer === undefined) return;
    const at = Date.now();
    try {
      localStorage.setItem(draft, JSON.stringify({ at, fields }));
    } catch {
      return; // No storage, or none left: the form works without.
    }
    sayKept(at);
  };

  /** @param {number} at */
  const sayKept = (at) => {
    const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(at);
    if (line?.firstElementChild) line.firstElementChild.textContent = kept.replace('{time}', time);
    line?.removeAttribute('hidden');
  };

  const add = form.querySelector('[data-add]');
  add?.addEventListener('click', (event) => {
    event.preventDefault();
    addRow(form)?.querySelector('input')?.focus();
  });
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(write, pause);
  });
  form.addEventListener('submit', write);
  clear?.addEventListener('click', () => {
    localStorage.removeItem(draft);
    form.reset();
    if (key instanceof HTMLInputElement) key.value = firstKey;
    line?.setAttribute('hidden', '');
    tellRestored(form);
  });

  if (isAnswer !== undefined) return write();
  const found = readDraft(draft);
  if (found === undefined) return;
  restore(form, found.fields);
  sayKept(found.at);
}

/** @type {(name: string) => { at: number, fields: [string, string][] } | undefined} */
export function readDraft(name) {
  try {
    const { at, fields } = JSON.parse(localStorage.getItem(name) ?? 'null') ?? {};
    return Array.isArray(fields) ? { at: Number(at), fields } : undefined;
  } catch {
    return undefined;
  }
}

/** @type {(form: HTMLFormElement) => [string, string][]} */
function entries(form) {
  return [...new FormData(form)].map(([name, value]) => [name, String(value)]);
}

/** @type {(form: HTMLFormElement, fields: [string, string][]) => void} */
function restore(form, fields) {
  const values = new Map(fields);
  const last = [...values.keys()].map((name) => /^coSpeakers\.(\d)\./.exec(name)?.[1] ?? '-1').map(Number);
  while (rowsOf(form).length <= Math.max(...last) && addRow(form));
  for (const control of form.elements) {
    if (!isControl(control)) continue;
    const value = values.get(control.name);
    const isMark = control instanceof HTMLInputElement && ['radio', 'checkbox'].includes(control.type);
    if (isMark) control.checked = value === control.value;
    else if (value !== undefined) control.value = value;
  }
  tellRestored(form);
}

/** @param {HTMLFormElement} form */
function tellRestored(form) {
  for (const control of form.elements) control.dispatchEvent(new Event('restored'));
}

/** @type {(element: Element) => element is Control} */
function isControl(element) {
  const isOne = [HTMLInputElement, HTMLTextAreaElement, HTMLSelectElement].some((kind) => element instanceof kind);
  return isOne && element.getAttribute('name') !== null;
}

/** @param {HTMLFormElement} form */
function rowsOf(form) {
  return form.querySelectorAll('#co-speakers > fieldset');
}

/** @type {(form: HTMLFormElement) => Element | undefined} */
function addRow(form) {
  const place = form.querySelector('#co-speakers');
  const template = place?.querySelector('template');
  const button = place?.querySelector('[data-add]');
  if (!(place instanceof HTMLElement) || !template || !button) return undefined;
  const most = Number(place.dataset.coSpeakers);
  const at = rowsOf(form).length;
  if (at >= most) return undefined;
  const row = template.content.firstElementChild?.cloneNode(true);
  if (!(row instanceof HTMLElement)) return undefined;
  for (const element of row.querySelectorAll('[id], [for], [name]')) {
    for (const attribute of ['id', 'for', 'name']) {
      const value = element.getAttribute(attribute);
      if (value !== null) element.setAttribute(attribute, value.replace(`coSpeakers.${most}.`, `coSpeakers.${at}.`));
    }
  }
  const legend = row.querySelector('legend');
  const number = legend?.firstChild;
  if (number) number.textContent = (number.textContent ?? '').replace(String(most + 1), String(at + 1));
  button.before(row);
  if (at + 1 >= most) button.remove();
  return row;
}
