// Adds the reader's own time to each time of the call where it differs, the date to what is printed, and gives the focus to
// what asks for it.

const { forYou = '' } = document.documentElement.dataset;
const locale = document.documentElement.lang === 'en' ? 'en-GB' : document.documentElement.lang;
const { timeZone: own } = Intl.DateTimeFormat().resolvedOptions();

showOwnTimes(document);

/** @param {ParentNode} where of a page that has been there on load, or has come later */
export function showOwnTimes(where) {
  for (const element of where.querySelectorAll('time[data-zone]')) showOwn(element);
}

/** @param {Element} element */
function showOwn(element) {
  const at = new Date(element.getAttribute('datetime') ?? '');
  const zone = element.getAttribute('data-zone') ?? 'UTC';
  const [theirs, mine] = [zone, own].map((timeZone) => wordsOf(at, timeZone));
  if (theirs === undefined || mine === undefined || forYou === '') return;
  if (theirs.time === mine.time && theirs.date === mine.date) return;
  const note = document.createElement('span');
  note.className = 'muted';
  note.textContent = ` (${forYou.replace('{time}', mine.time).replace('{date}', mine.date)})`;
  element.after(note);
}

/** @type {(at: Date, timeZone: string) => { time: string, date: string }} */
function wordsOf(at, timeZone) {
  return {
    time: new Intl.DateTimeFormat(locale, { timeZone, timeStyle: 'short' }).format(at),
    date: new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'long' }).format(at),
  };
}

addEventListener('beforeprint', () => {
  const line = document.querySelector('[data-printed]');
  if (!(line instanceof HTMLElement)) return;
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(new Date());
  line.textContent = (line.dataset.printed ?? '').replace('{date}', date);
});

const asked = document.querySelector('[data-focus]');
if (asked instanceof HTMLElement && location.hash === '') asked.focus();
