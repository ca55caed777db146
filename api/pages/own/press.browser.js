// A button that was pressed says so, and is heard once. It isn't disabled, which would lose the focus.

/** Milliseconds after which a slow answer is explained. */
const slow = 10_000;

/** @param {HTMLFormElement} form */
export const isBusy = (form) => form.querySelector('[aria-busy=true]') !== null;

/** @type {(button: HTMLElement | null, spoken: HTMLElement) => () => void} */
export function press(button, spoken) {
  const { sending = '', slowly = '' } = spoken.dataset;
  const words = button?.textContent ?? '';
  button?.setAttribute('aria-busy', 'true');
  if (button) button.textContent = sending;
  const timer = setTimeout(() => {
    spoken.textContent = slowly;
    spoken.classList.remove('unseen');
  }, slow);
  const release = () => {
    clearTimeout(timer);
    spoken.textContent = '';
    spoken.classList.add('unseen');
    button?.removeAttribute('aria-busy');
    if (button) button.textContent = words;
  };
  // The page may come back out of the browser's cache.
  addEventListener('pageshow', release, { once: true });
  return release;
}
