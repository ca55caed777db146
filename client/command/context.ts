import { createOrganiser, type Organiser } from '../organiser/organiser.ts';
import { serverOf, timeoutOf } from './arguments.ts';
import type { Context, Given } from './command.ts';
import { confirmInTerminal } from './confirm.ts';
import { createOutput } from './output.ts';
import { printable } from './printable.ts';
import { jsonLines, type Progress, plainLines, progressBar } from './progress.ts';
import { readLine } from './read-line.ts';
import { readCode, readToken } from './token.ts';

export type Process = {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  env: { readonly CFS_TOKEN?: string | undefined };
};

type Called = { args: readonly string[]; given: Given; ifInterrupted: Context['ifInterrupted'] };

/** @throws UsageError */
export function createContext({ args, given, ifInterrupted }: Called, process: Process, signal: AbortSignal): Context {
  const { stdin, stdout, stderr, env } = process;
  const [server, timeout, isJson] = [serverOf(given), timeoutOf(given), given.is('json')];
  const progress = chooseProgress(isJson, stdout, stderr);
  let giveUpAt = performance.now() + timeout;
  let organiser: Promise<Organiser> | undefined;

  /** Adds the time that the user takes to answer to the deadline. */
  async function untimed<Value>(asked: Promise<Value>): Promise<Value> {
    const began = performance.now();
    const value = await asked;
    giveUpAt += performance.now() - began;
    return value;
  }

  const tokenOf = (name: string, variable?: string) =>
    untimed(readToken({ name, file: given.text('token-file'), variable }, { stdin, stderr }, signal));

  return {
    args,
    given,
    stdin,
    output: createOutput(stdout, isJson),
    progress,
    ifInterrupted,
    options: () => ({
      signal,
      ...(Number.isFinite(timeout) && { timeout: giveUpAt - performance.now() }),
      onRetry: (failure, wait) =>
        progress.note(printable(`${failure.message}; next try in ${Math.ceil(wait / 1_000)} s`)),
    }),
    isTerminal: stdin.isTTY === true,
    speakerToken: () => tokenOf('speaker token'),
    accessCode: () =>
      untimed(readCode({ file: given.text('token-file'), code: given.text('code') }, { stdin, stderr }, signal)),
    line: (question) => untimed(readLine(question, { stdin, stderr, isHidden: false }, signal)),
    organiser: () => {
      organiser ??= tokenOf('token of the committee', env.CFS_TOKEN).then((token) => createOrganiser(server, token));
      return organiser;
    },
    confirm: async (question) => {
      if (!given.is('yes')) await untimed(confirmInTerminal(question, { stdin, stderr }, signal));
    },
  };
}

function chooseProgress(isJson: boolean, stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): Progress {
  const print = (line: string) => void stdout.write(`${line}\n`);
  const note = (line: string) => void stderr.write(`${line}\n`);
  if (isJson) return jsonLines(print);
  return stdout.isTTY ? progressBar(stdout, note) : plainLines(print, note);
}
