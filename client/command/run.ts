import { DeadlineError, RefusedError } from '../errors.ts';
import { createOrganiser, type Organiser } from '../organiser/organiser.ts';
import { readArguments, serverOf, timeoutOf } from './arguments.ts';
import { confirmInTerminal } from './confirm.ts';
import { decidingCommands } from './deciding-commands.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { createOutput } from './output.ts';
import { printable } from './printable.ts';
import { jsonLines, type Progress, plainLines, progressBar } from './progress.ts';
import { readingCommands } from './reading-commands.ts';
import { speakerCommands } from './speaker-commands.ts';
import { readToken } from './token.ts';
import { usageOf, usageOfCommand } from './usage.ts';
import { UsageError } from './usage-error.ts';

type Process = {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  env: { readonly CFS_TOKEN?: string | undefined };
};

const groups = { 'For speakers': speakerCommands, 'For the committee': { ...readingCommands, ...decidingCommands } };
const commands = { ...groups['For speakers'], ...groups['For the committee'] };

/** Runs the command, and gives its exit code. It prints results to `stdout`, and everything else to `stderr`. */
export async function run(args: readonly string[], process: Process, signal: AbortSignal): Promise<ExitCode> {
  const { stdin, stdout, stderr, env } = process;
  let remark = '';
  const isJson = args.includes('--json');
  try {
    const { name, command, given, args: words } = readArguments(args, commands);
    if (given.is('help') || !command) {
      stdout.write(`${name !== undefined && command ? usageOfCommand(name, command) : usageOf(groups)}\n`);
      return exitCodes.done;
    }
    const server = serverOf(given);
    const timeout = timeoutOf(given);
    const giveUpAt = performance.now() + timeout;
    const progress = chooseProgress(isJson, stdout, stderr);
    const tokenOf = (name: string, variable?: string) =>
      readToken({ name, file: given.text('token-file'), variable }, { stdin, stderr }, signal);
    let organiser: Promise<Organiser> | undefined;
    try {
      return await command.run({
        args: words,
        given,
        stdin,
        output: createOutput(stdout, isJson),
        progress,
        options: () => ({
          signal,
          ...(Number.isFinite(timeout) && { timeout: giveUpAt - performance.now() }),
          onRetry: (failure, wait) =>
            progress.note(printable(`${failure.message}; next try in ${Math.ceil(wait / 1_000)} s`)),
        }),
        speakerToken: () => tokenOf('speaker token'),
        organiser: () => {
          organiser ??= tokenOf('token of the committee', env.CFS_TOKEN).then((token) =>
            createOrganiser(server, token),
          );
          return organiser;
        },
        confirm: async (question) => {
          if (!given.is('yes')) await confirmInTerminal(question, { stdin, stderr }, signal);
        },
        ifInterrupted: (text) => {
          remark = `\n${text}`;
        },
      });
    } finally {
      progress.done();
    }
  } catch (error) {
    const isFinal = error instanceof RefusedError || error instanceof UsageError;
    stderr.write(`${isJson ? JSON.stringify(asJson(error)) : asText(error) + (isFinal ? '' : remark)}\n`);
    if (signal.aborted) return exitCodes.interrupted;
    if (error instanceof DeadlineError) return exitCodes.timedOut;
    return error instanceof UsageError ? exitCodes.usage : exitCodes.error;
  }
}

function chooseProgress(isJson: boolean, stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): Progress {
  const print = (line: string) => void stdout.write(`${line}\n`);
  const note = (line: string) => void stderr.write(`${line}\n`);
  if (isJson) return jsonLines(print);
  return stdout.isTTY ? progressBar(stdout, note) : plainLines(print, note);
}

function asText(error: unknown): string {
  if (!(error instanceof Error)) return printable(String(error));
  return error.name === 'AbortError' ? 'interrupted' : printable(error.message);
}

function asJson(error: unknown) {
  return {
    error: {
      name: error instanceof Error ? error.name : 'Error',
      message: asText(error),
      problem: error instanceof RefusedError ? error.problem : undefined,
    },
  };
}
