import { printable } from './printable.ts';
import { readLine, type Terminal } from './read-line.ts';
import { UsageError } from './usage-error.ts';

/** @throws Error if the answer is not yes, UsageError without a terminal */
export async function confirmInTerminal(question: string, terminal: Terminal, signal: AbortSignal): Promise<void> {
  if (!terminal.stdin.isTTY || !terminal.stderr.isTTY)
    throw new UsageError(`${question} There is no terminal to ask in: add --yes to do it`);
  const answer = await readLine(`${printable(question)} [y/N] `, { ...terminal, isHidden: false }, signal);
  if (!/^y(es)?$/i.test(answer)) throw new Error('nothing was done');
}
