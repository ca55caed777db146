import { fork } from 'node:child_process';
import { once } from 'node:events';

/** Runs while another process has done these statements on a file, and holds what they lock. */
export async function whileLocked<Value>(file: string, statements: readonly string[], act: () => Promise<Value>) {
  const child = fork(new URL('./locking.ts', import.meta.url), [file, ...statements], {
    execArgv: ['--import', 'tsx'],
  });
  await once(child, 'message');
  try {
    return await act();
  } finally {
    const ended = once(child, 'exit');
    child.disconnect();
    await ended;
  }
}
