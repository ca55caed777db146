import { isTerminal } from '../../contract/http/statuses.ts';
import type { Operation, Status } from '../documents.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import type { Progress } from './progress.ts';

/** Shows each changed document, and returns the exit code for the last. */
export async function followToEnd(documents: AsyncIterable<Status | Operation>, progress: Progress): Promise<ExitCode> {
  let shown = '';
  for await (const document of documents) {
    const now = JSON.stringify(document);
    if (now !== shown) progress.step(document);
    shown = now;
    if (isTerminal(document)) return exitCodeOf(document);
  }
  return exitCodes.error;
}

function exitCodeOf(document: Status | Operation): ExitCode {
  if (document.status === 'Canceled') return exitCodes.withdrawn;
  if (document.status === 'Failed') return exitCodes.failed;
  if (!('stage' in document)) return exitCodes.done;
  return document.result?.outcome === 'accepted' ? exitCodes.accepted : exitCodes.rejected;
}
