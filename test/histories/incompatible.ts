import { sleep } from '@temporalio/workflow';
import { submission as today } from '../../workflows/submission.ts';

/** A change as somebody might make it without `patched`: one more timer. */
export async function submission(...input: Parameters<typeof today>): ReturnType<typeof today> {
  await sleep('1 second');
  return today(...input);
}
