/** Result of one attempt. `unknown`: the receiver may have the message, so that only an organiser sends it again. */
export type Sending =
  | { kind: 'sent'; detail?: string }
  | { kind: 'refused'; detail: string }
  /** Not received, or safe to repeat. `after`: milliseconds to wait at least. */
  | { kind: 'postponed'; detail: string; after?: number }
  | { kind: 'unknown'; detail: string };
