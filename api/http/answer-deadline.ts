import { type Deadline, deadlineIn } from '../../process/deadline.ts';

/** Milliseconds. A response leaves within 2 s (contract H13, H16); the rate limits may take 300 ms of that. */
const answerTime = 1_600;

/** Starts when the request has been read: a slow client doesn't use up the time. */
export function answerDeadline(): Deadline {
  return deadlineIn(answerTime);
}
