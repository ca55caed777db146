/** What the processes of the service have in common: how they start, how they say so, and how they end. */
import { inspect } from 'node:util';
import { SetupError } from './setup-error.ts';

type Running = {
  /** Ends all that the process does, in order. */
  stop: () => Promise<void>;
  /** Rejects, or settles, when the process can't go on by itself. */
  ended?: Promise<void>;
};

/**
 * Runs a process until it is told to stop (a signal, or the end of the parent that holds its IPC channel), and then
 * ends it in order, with exit code 0. What fails is printed to standard error, and ends it with 1.
 *
 * @param start gets a signal that aborts when the process is told to stop, also before the start is through
 */
export async function runProcess(name: string, start: (stopping: AbortSignal) => Promise<Running>): Promise<void> {
  const stopping = new AbortController();
  const told = new Promise<void>((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve());
  });
  for (const event of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) {
    process.on(event, () => stopping.abort());
  }

  try {
    const running = await start(stopping.signal);
    process.send?.('ready');
    try {
      await Promise.race([told, running.ended ?? told]);
    } finally {
      await running.stop();
    }
    process.exit(0);
  } catch (error) {
    // Told to stop in the middle of the start: what was begun is ended by now.
    if (stopping.signal.aborted && error instanceof Error && error.name === 'AbortError') process.exit(0);
    process.stderr.write(`${name}: ${error instanceof SetupError ? error.message : inspect(error)}\n`);
    process.exit(1);
  }
}
