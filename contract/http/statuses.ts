/** Statuses of a submission or an operation, in the words that Azure's pollers end on (contract H1). */
export const statuses = ['NotStarted', 'Running', 'Succeeded', 'Failed', 'Canceled'] as const;

type Word = (typeof statuses)[number];

/** Whether the status is final, and there is nothing left to poll for (contract H14). */
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
