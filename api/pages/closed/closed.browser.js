// Shows what was kept on the device of a talk that came too late.
import { readDraft } from '../talk-form/draft.browser.js';

const section = document.querySelector('[data-draft]');
const area = document.getElementById('text');
if (section instanceof HTMLElement && section.hidden && area instanceof HTMLTextAreaElement) show(section, area);

/** @type {(section: HTMLElement, area: HTMLTextAreaElement) => void} */
function show(section, area) {
  const values = new Map(readDraft(section.dataset.draft ?? '')?.fields);
  /** @type {[string, string][]} */
  const fields = JSON.parse(section.dataset.fields ?? '[]');
  area.value = fields
    .filter(([name]) => values.get(name))
    .map(([name, label]) => `${label}\n${values.get(name)}`)
    .join('\n\n');
  section.hidden = !['title', 'description'].some((name) => values.get(name));
}
