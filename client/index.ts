/** The polling client: submit a talk, follow it, wait for its result, withdraw it. It runs wherever there is `fetch`. */
export { isTerminal } from '../contract/http/status.ts';
export { attend } from './attend.ts';
export { type Erasure, erase } from './erase.ts';
export { DeadlineError, RefusedError, UnexpectedAnswerError } from './errors.ts';
export { poll, waitForResult } from './poll.ts';
export { type Preview, preview } from './preview.ts';
export type { Options } from './session.ts';
export type { Status } from './status.ts';
export { type Submission, type Submitted, submit } from './submit.ts';
export { withdraw } from './withdraw.ts';
