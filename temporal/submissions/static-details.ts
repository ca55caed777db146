import { runbookLink } from '../../contract/runbook-link.ts';

type Facts = {
  id: string;
  code: string | undefined;
  call: string;
  track: string;
  format: string;
  runbook: string | undefined;
};

/** What a submission is, and where to look: Markdown for the Web UI, which is not encrypted, so no title and no person. */
export function staticDetails({ id, code, call, track, format, runbook }: Facts): string {
  return [
    ...(code === undefined ? [] : [`- code: **${code}**`]),
    `- call: ${call}`,
    `- track: ${track}`,
    `- format: ${format}`,
    `- for organisers: \`/api/organiser/submissions/${id}\``,
    `- runbook: ${runbookLink(runbook)}`,
  ].join('\n');
}
