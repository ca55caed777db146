import { workflowInfo } from '@temporalio/workflow';

export type Clock = ReturnType<typeof createClock>;

/**
 * Bytes of a history, and so of what people wrote in its commands: the answer of the query `record` holds it all, and Temporal
 * refuses answers over 2 MB.
 */
const mostBytes = 1_000_000;

/**
 * What a workflow may know of the present. Temporal's own clock and the length of its history say something else in a replay
 * while local activities end: a task that answers a query meanwhile moves them on in the first execution, and not in the
 * replay, so a submission whose wait ended just then would be stuck. So they are read where the history has an event for it:
 * at the start, at a command, a timer, the end of a regular activity. Between, the clock stands still.
 */
export function createClock() {
  let at = Date.now();
  let isHistoryLong = isLong();

  return {
    /** An instant as in the state. */
    now: (): string => iso(at),

    /** The server suggests it by the number of events, of bytes, and of updates: at 2,000 of these it refuses more. */
    get isHistoryLong(): boolean {
      return isHistoryLong;
    },

    /** Call it first wherever something with an event of its own goes on, but at the end of a local activity. */
    read(): void {
      at = Math.max(at, Date.now());
      isHistoryLong = isLong();
    },

    /** For what a replay leaves out: whether a command is taken. */
    glance: (): string => iso(Math.max(at, Date.now())),

    /** For a timer, whose length a replay doesn't look at. At least 1: Temporal has no timer without a length. */
    millisecondsUntil: (instant: string): number => Math.max(1, Date.parse(instant) - Date.now()),
  };
}

function isLong(): boolean {
  const { continueAsNewSuggested, historySize } = workflowInfo();
  return continueAsNewSuggested || historySize > mostBytes;
}

const iso = (at: number): string => new Date(at).toISOString();
