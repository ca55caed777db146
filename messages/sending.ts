/**
 * What became of one attempt to send something. Only what is certain is said to be so: what may have been taken by the
 * other side is `unknown`, and never sent again without a person.
 */
export type Sending =
  | { kind: 'sent'; detail?: string }
  /** Not taken, and it would not be taken the next time. */
  | { kind: 'refused'; detail: string }
  /** Not taken, and it may be later; or perhaps taken, and a second time does no harm. `after`: at least so many milliseconds. */
  | { kind: 'postponed'; detail: string; after?: number }
  | { kind: 'unknown'; detail: string };
