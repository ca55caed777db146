import type { StatusDocument } from './status.ts';
import { isTerminal } from './statuses.ts';

/** Whether the document never changes again. Accepted speakers may answer, and leave after they have confirmed (contract H14). */
export function isSettled(status: StatusDocument): boolean {
  const attendance = status.result?.attendance;
  return isTerminal(status) && attendance !== 'awaited' && attendance !== 'confirmed';
}
