import { legibleError } from './log/legible.ts';
import { SetupError } from './setup-error.ts';

/** Milliseconds. Ctrl-C comes twice at once, from the terminal and from npm. */
const sameSignal = 1_000;

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
  process.on('uncaughtException', (error) => end(error));
  const takeSignal = endAtSecond();
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, takeSignal);

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
    end(error);
  }

  /** Node would print all that is in the error, and so what a speaker has written. */
  function end(error: unknown): never {
    const reason = error instanceof Error ? error : new Error('something was thrown that is no error');
    const text = reason instanceof SetupError ? reason.message : JSON.stringify(legibleError(reason));
    process.stderr.write(`${name}: ${text}\n`);
    process.exit(1);
  }
}

/** Whoever doesn't want to wait asks again: a listener that ends the process at once then, as if it were killed. */
function endAtSecond(): () => void {
  let first: number | undefined;
  return () => {
    first ??= performance.now();
    if (performance.now() - first > sameSignal) process.exit(1);
  };
}
