/** The page of the runbook about a submission in Temporal's Web UI. */
const page = 'web-ui.md';

/** Markdown. @param runbook URL of the folder with the pages; without it, the file is named */
export function runbookLink(runbook?: string): string {
  return runbook === undefined ? `docs/runbook/${page}` : `[${page}](${runbook}/${page})`;
}
