// The talk has arrived: what was kept of it on the device isn't needed any more.

const heading = document.querySelector('[data-draft]');
if (heading instanceof HTMLElement && heading.dataset.draft) localStorage.removeItem(heading.dataset.draft);
