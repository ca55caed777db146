import { inspect } from 'node:util';
import { SetupError } from './setup-error.ts';

type Running = {
  stop: () => Promise<void>;
  /** Settles when the process can't go on by itself. */
  ended?: Promise<void>;
};

/**
 * Runs a process until a signal stops it, or the parent that holds its IPC channel ends.
 *
 * @param start gets an AbortSignal that aborts then, even while it is still starting
 */
export async function runProcess(name: string, start: (stopping: AbortSignal) => Promise<Running>): Promise<void> {
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve());
  });
  for (const event of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) {
    process.on(event, () => stopping.abort());
  }

  try {
    const running = await start(stopping.signal);
    process.send?.('ready');
    try {
      await Promise.race([stopped, running.ended ?? stopped]);
    } finally {
      await running.stop();
    }
    process.exit(0);
  } catch (error) {
    // Stopped while starting.
    if (stopping.signal.aborted && error instanceof Error && error.name === 'AbortError') process.exit(0);
    process.stderr.write(`${name}: ${error instanceof SetupError ? error.message : inspect(error)}\n`);
    process.exit(1);
  }
}
