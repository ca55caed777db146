/**
 * What became of one attempt to send something. Only what is certain is said to be so: what may have been taken by the
 * other side is `unknown`, and never sent again without a person.
 */
export type Sending =
  | { kind: 'sent'; detail?: string }
  /** Not taken, and it would not be taken the next time. */
  | { kind: 'refused'; detail: string }
  /** Not taken, and it may be later; or taken for all we know, and a second time does no harm. `after`: milliseconds, at least. */
  | { kind: 'postponed'; detail: string; after?: number }
  | { kind: 'unknown'; detail: string };
