import { type Deadline, deadlineIn } from '../../process/deadline.ts';

/** Milliseconds: an answer leaves within 2 s (contract H13, H16), of which rate limits may take 300 ms. */
const answerTime = 1_600;

/** Made once a request has been read: the client may take long to send it. */
export function answerDeadline(): Deadline {
  return deadlineIn(answerTime);
}
