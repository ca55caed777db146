// Counts while somebody types, as the server does: code points, after NFC and trimming, each line end once.

/** Milliseconds after the last key before the count is spoken, and only from this share of the limit on. */
const pause = 1_000;
const spokenFrom = 0.9;

countIn(document);

/** @param {ParentNode} where of a page that has been there on load, or has come later */
export function countIn(where) {
  for (const line of where.querySelectorAll('[data-counts]')) if (line instanceof HTMLElement) count(line);
}

/** @param {HTMLElement} line */
function count(line) {
  const { counts = '', max = '', count: words = '', over = '' } = line.dataset;
  const control = document.getElementById(counts);
  if (!(control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement)) return;
  const most = Number(max);
  const spoken = document.createElement('p');
  spoken.className = 'unseen';
  spoken.setAttribute('role', 'status');
  line.after(spoken);
  /** @type {number | undefined} */
  let timer;

  const show = () => {
    const length = lengthOf(control.value);
    line.textContent =
      length > most
        ? over.replace('{n}', format(length - most))
        : words.replace('{n}', format(length)).replace('{max}', format(most));
    line.classList.toggle('over', length > most);
    return length;
  };

  control.addEventListener('input', () => {
    const length = show();
    clearTimeout(timer);
    timer = setTimeout(() => {
      spoken.textContent = length >= spokenFrom * most ? line.textContent : '';
    }, pause);
  });
  control.addEventListener('restored', show);
  show();
}

/** @param {string} text */
export function lengthOf(text) {
  return [...text.replaceAll('\r\n', '\n').normalize('NFC').trim()].length;
}

/** @param {number} number */
function format(number) {
  return new Intl.NumberFormat(document.documentElement.lang).format(number);
}
