import { DeadlineError, RefusedError } from '../errors.ts';
import { readArguments } from './arguments.ts';
import { createContext, type Process } from './context.ts';
import { decidingCommands } from './deciding-commands.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { printable } from './printable.ts';
import { readingCommands } from './reading-commands.ts';
import { speakerCommands } from './speaker-commands.ts';
import { usageOf, usageOfCommand } from './usage.ts';
import { UsageError } from './usage-error.ts';

const committeeCommands = { ...readingCommands, ...decidingCommands };
const commands = { ...speakerCommands, ...committeeCommands };

/** Runs the command, and returns its exit code. Prints results to `stdout`, and everything else to `stderr`. */
export async function run(args: readonly string[], process: Process, signal: AbortSignal): Promise<ExitCode> {
  let remark = '';
  try {
    const { name, command, given, args: words } = readArguments(args, commands);
    if (given.is('help') || !command) {
      const all = usageOf({ 'For speakers': speakerCommands, 'For the committee': committeeCommands });
      process.stdout.write(`${name !== undefined && command ? usageOfCommand(name, command) : all}\n`);
      return exitCodes.done;
    }
    const ifInterrupted = (text: string) => {
      remark = `\n${text}`;
    };
    const context = createContext({ args: words, given, ifInterrupted }, process, signal);
    try {
      return await command.run(context);
    } finally {
      context.progress.done();
    }
  } catch (error) {
    const isFinal = error instanceof RefusedError || error instanceof UsageError;
    const text = args.includes('--json') ? JSON.stringify(asJson(error)) : asText(error) + (isFinal ? '' : remark);
    process.stderr.write(`${text}\n`);
    if (signal.aborted) return exitCodes.interrupted;
    if (error instanceof DeadlineError) return exitCodes.timedOut;
    return error instanceof UsageError ? exitCodes.usage : exitCodes.error;
  }
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
