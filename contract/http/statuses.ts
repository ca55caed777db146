/** The words that the Azure pollers end on (contract H1): of a submission, and of what organisers follow in the same way. */
export const statuses = ['NotStarted', 'Running', 'Succeeded', 'Failed', 'Canceled'] as const;

type Word = (typeof statuses)[number];

/** Whether the document is final: it never changes again, and there is nothing left to poll for (contract H14). */
export function isTerminal({ status }: { readonly status: Word }): boolean {
  return terminal[status];
}

const terminal = {
  NotStarted: false,
  Running: false,
  Succeeded: true,
  Failed: true,
  Canceled: true,
} satisfies Record<Word, boolean>;
