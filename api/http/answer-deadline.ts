import { type Deadline, deadlineIn } from '../../process/deadline.ts';

/**
 * Milliseconds for all that one answer asks of Temporal and the database. It leaves within 2 s (contract H13, H16): two rate
 * limits, one before and one after, may take 150 ms each while the database is silent.
 */
const answerTime = 1_600;

/** Made once a request has been read: how long its content is on the way is up to the client. */
export function answerDeadline(): Deadline {
  return deadlineIn(answerTime);
}
