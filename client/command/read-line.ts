import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';

export type Terminal = { stdin: NodeJS.ReadStream; stderr: NodeJS.WriteStream };

/** Reads the first line of standard input; asks for it in a terminal. */
export async function readLine(
  question: string,
  { stdin, stderr, isHidden }: Terminal & { isHidden: boolean },
  signal: AbortSignal,
): Promise<string> {
  if (stdin.isTTY) stderr.write(question);
  // The terminal's own echo is off while readline reads; without an output, nothing is shown.
  const output = isHidden ? new PassThrough().resume() : stderr;
  const lines = createInterface({ input: stdin, output, terminal: stdin.isTTY === true, signal });
  // In raw mode, Ctrl-C sends no signal.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    for await (const line of lines) return line.trim();
    return '';
  } finally {
    // Otherwise the command would wait until the other end closes the pipe.
    lines.close();
    if (stdin.isTTY && isHidden) stderr.write('\n');
    signal.throwIfAborted();
  }
}
