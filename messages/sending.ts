/** What became of one attempt. What the other side may have taken is `unknown`, and is sent again only by a person. */
export type Sending =
  | { kind: 'sent'; detail?: string }
  | { kind: 'refused'; detail: string }
  /** Not taken, or it does no harm twice. `after`: at least so many milliseconds. */
  | { kind: 'postponed'; detail: string; after?: number }
  | { kind: 'unknown'; detail: string };
