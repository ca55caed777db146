import { readFileSync } from 'node:fs';

/** The runbook's page about Temporal's Web UI. */
export const webUiPage = readFileSync(new URL('../../docs/runbook/web-ui.md', import.meta.url), 'utf8');

/** What it has links for: the name of each view, its link, and its query. */
export const runbookViews = [...webUiPage.matchAll(/^\| \[(.+?)\]\((\S+)\) \| .* \| `(.+)` \|$/gm)].map(
  ([, name = '', url = '', query = '']) => ({ name, url, query }),
);
