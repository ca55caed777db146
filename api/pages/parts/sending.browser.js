// A form that was sent says so, and is sent once: further presses do nothing. Its button isn't disabled, which would lose
// the focus.

/** Milliseconds after which a slow answer is explained. */
const slow = 10_000;

for (const form of document.querySelectorAll('form[data-sending]')) if (form instanceof HTMLFormElement) watch(form);

/** @param {HTMLFormElement} form */
function watch(form) {
  const { sending = '', slowly = '' } = form.dataset;
  const status = form.querySelector('[data-said]');
  let isSent = false;

  form.addEventListener('submit', (event) => {
    if (isSent) {
      event.preventDefault();
      return;
    }
    isSent = true;
    const { submitter } = event;
    const words = submitter?.textContent ?? '';
    // After the browser has taken the form: the button's own value is part of it.
    setTimeout(() => {
      submitter?.setAttribute('aria-busy', 'true');
      if (submitter) submitter.textContent = sending;
    });
    const timer = setTimeout(() => {
      if (status) status.textContent = slowly;
    }, slow);
    // The page may come back out of the browser's cache.
    addEventListener(
      'pageshow',
      () => {
        isSent = false;
        clearTimeout(timer);
        submitter?.removeAttribute('aria-busy');
        if (submitter) submitter.textContent = words;
      },
      { once: true },
    );
  });
}
