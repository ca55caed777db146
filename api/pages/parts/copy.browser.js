// Buttons that copy a text, and say so in the status beside them. Without this script they aren't there.

offerCopies(document);

/** @param {ParentNode} where of a page that has been there on load, or has come later */
export function offerCopies(where) {
  for (const button of where.querySelectorAll('[data-copies]')) if (button instanceof HTMLElement) offer(button);
}

/** @param {HTMLElement} button */
function offer(button) {
  const { copies = '', copied = '' } = button.dataset;
  const source = document.getElementById(copies);
  button.hidden = false;
  button.addEventListener('click', async () => {
    const text = source instanceof HTMLTextAreaElement ? source.value : (source?.textContent ?? '');
    await navigator.clipboard.writeText(text);
    const status = button.parentElement?.querySelector('[role=status]');
    if (status) status.textContent = copied;
  });
}
