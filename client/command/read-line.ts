import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';

export type Terminal = { stdin: NodeJS.ReadStream; stderr: NodeJS.WriteStream };

/** The first line of standard input; in a terminal it is asked for. */
export async function readLine(
  question: string,
  { stdin, stderr, isHidden }: Terminal & { isHidden: boolean },
  signal: AbortSignal,
): Promise<string> {
  if (stdin.isTTY) stderr.write(question);
  // The terminal's own echo is off while it is read: what is hidden goes nowhere.
  const output = isHidden ? new PassThrough().resume() : stderr;
  const lines = createInterface({ input: stdin, output, terminal: stdin.isTTY === true, signal });
  // Ctrl-C is a character like another then, until it is made a signal again.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    for await (const line of lines) return line.trim();
    return '';
  } finally {
    // Otherwise the command would run until the other end closes the pipe.
    lines.close();
    if (stdin.isTTY && isHidden) stderr.write('\n');
    signal.throwIfAborted();
  }
}
