// Follows a status by the contract's polling: as often as it is told to, not while nobody looks, and not after the end.

/** Milliseconds, where an answer doesn't say. */
const pause = 30_000;

/**
 * @param {HTMLElement} spoken the one status of the page
 * @param {() => Promise<boolean>} show reads the page again, and says whether the status on it is another one
 * @returns looks now
 */
export function follow(spoken, show) {
  /** @type {number | undefined} */
  let timer;
  let isLooking = false;

  async function look() {
    clearTimeout(timer);
    const tag = tagOfPage();
    if (tag === undefined || document.hidden || isLooking) return;
    isLooking = true;
    const wait = await ask(tag).finally(() => {
      isLooking = false;
    });
    if (wait !== undefined && tagOfPage() !== undefined) timer = setTimeout(look, wait);
  }

  /** @param {string} tag @returns {Promise<number | undefined>} milliseconds until the next time, if there is to be one */
  async function ask(tag) {
    const headers = { 'If-None-Match': tag };
    const response = await fetch(spoken.dataset.api ?? '', { headers }).catch(() => undefined);
    if (response === undefined) return pause;
    const { status } = response;
    const seconds = Number(response.headers.get('Retry-After'));
    // Erased meanwhile, or gone: the page says it.
    if (status === 404 || status === 410) location.reload();
    else if (response.ok && response.headers.get('ETag') !== tag && (await show())) speak();
    if (status === 429 || status >= 500) return seconds > 0 ? seconds * 1_000 : pause;
    return seconds > 0 ? seconds * 1_000 : undefined;
  }

  function speak() {
    spoken.textContent = document.querySelector('h1')?.textContent ?? '';
  }

  document.addEventListener('visibilitychange', () => void look());
  return look;
}

/** While its status may change. */
function tagOfPage() {
  const data = document.querySelector('data[data-follows]');
  return data instanceof HTMLDataElement ? data.value : undefined;
}
