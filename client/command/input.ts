import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { isBearerToken } from '../../contract/http/bearer-token.ts';
import type { Submission } from '../documents.ts';
import { UsageError } from './arguments.ts';

/** @throws UsageError */
export async function readSubmission(file: string, stdin: NodeJS.ReadStream): Promise<Submission> {
  try {
    return JSON.parse(file === '-' ? await text(stdin) : await readFile(file, 'utf8'));
  } catch (cause) {
    throw new UsageError(`${file}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

type Streams = { stdin: NodeJS.ReadStream; stderr: NodeJS.WriteStream };

/**
 * The first line of standard input: arguments are seen by every user of a machine, and kept in a shell's history. In a
 * terminal it is asked for, and not shown.
 *
 * @throws UsageError
 */
export async function readToken(whose: string, { stdin, stderr }: Streams, signal: AbortSignal): Promise<string> {
  if (stdin.isTTY) stderr.write(`The ${whose}: `);
  const line = await firstLine(stdin, signal).finally(() => stdin.isTTY && stderr.write('\n'));
  signal.throwIfAborted();
  if (isBearerToken(line)) return line;
  throw new UsageError(`standard input has no ${whose} in its first line`);
}

async function firstLine(stdin: NodeJS.ReadStream, signal: AbortSignal): Promise<string> {
  // A terminal is echoed to the output, which leads nowhere here.
  const output = new PassThrough().resume();
  const lines = createInterface({ input: stdin, output, terminal: stdin.isTTY === true, signal });
  // Ctrl-C is a character like another then, until it is made a signal again.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    for await (const line of lines) return line.trim();
    return '';
  } finally {
    // Else the command would last as long as whoever holds the other end of the pipe.
    lines.close();
  }
}
