import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { DeadlineError, isTerminal, poll, RefusedError, type Status, type Submission, submit } from './index.ts';
import { jsonLines, type Progress, plainLines, printable, progressBar } from './progress.ts';

const usage = `call-for-speakers submit FILE   submit a talk (JSON; - reads standard input), and follow it to its result
call-for-speakers watch URL     follow a submission by its URL, or by its id

  --server URL        base of the service's URLs (http://127.0.0.1:3000)
  --timeout SECONDS   give up after this time; the submission goes on (a submit: 60 until it is answered)
  --key KEY           Idempotency-Key of a submit: the same again finds the submission of a submit whose answer was lost
  --json              one JSON text a line
  --help

Exit codes: 0 accepted, 1 refused or not reached, 2 wrong usage, 3 rejected, 4 failed, 5 withdrawn, 6 timed out,
130 interrupted`;

/** How the command ends, for the shell. */
export const exitCodes = {
  accepted: 0,
  error: 1,
  usage: 2,
  rejected: 3,
  failed: 4,
  withdrawn: 5,
  timedOut: 6,
  interrupted: 130,
} as const;

type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

type Streams = { stdin: NodeJS.ReadStream; stdout: NodeJS.WriteStream; stderr: NodeJS.WriteStream };

class UsageError extends Error {
  override name = 'UsageError';
}

/** Runs the command, and gives its exit code. It prints results to `stdout`, and everything else to `stderr`. */
export async function run(args: readonly string[], streams: Streams, signal: AbortSignal): Promise<ExitCode> {
  const { stdout, stderr } = streams;
  let isJson = false;
  // While it isn't known whether a submission was taken.
  let again = '';
  try {
    const { command, target, server, timeout, key, json, help } = readArguments(args);
    isJson = json;
    if (help) {
      stdout.write(`${usage}\n`);
      return exitCodes.accepted;
    }
    const submission = command === 'submit' ? await readSubmission(target, streams.stdin) : undefined;
    const progress = chooseProgress(json, stdout, stderr);
    const giveUpAt = performance.now() + timeout;
    const options = () => ({
      signal,
      // Where none is said, a submit has the library's own, and following has none.
      ...(Number.isFinite(timeout) ? { timeout: giveUpAt - performance.now() } : {}),
      onRetry: (failure: Error, wait: number) =>
        progress.note(printable(`${failure.message}; next try in ${Math.ceil(wait / 1_000)} s`)),
    });
    try {
      if (submission) again = `\nTo try again without submitting twice, add --key ${key}`;
      const location = submission
        ? (await submit(server, submission, { ...options(), idempotencyKey: key })).location
        : urlOf(target, server);
      again = '';
      progress.location(location);
      return await follow(location, options(), progress);
    } finally {
      progress.done();
    }
  } catch (error) {
    const isRefused = error instanceof RefusedError || error instanceof UsageError;
    stderr.write(`${isJson ? JSON.stringify(asJson(error)) : asText(error) + (isRefused ? '' : again)}\n`);
    if (signal.aborted) return exitCodes.interrupted;
    if (error instanceof DeadlineError) return exitCodes.timedOut;
    return error instanceof UsageError ? exitCodes.usage : exitCodes.error;
  }
}

async function follow(location: string, options: Parameters<typeof poll>[1], progress: Progress): Promise<ExitCode> {
  let shown = '';
  for await (const status of poll(location, options)) {
    const now = JSON.stringify(status);
    if (now !== shown) progress.status(status);
    shown = now;
    if (isTerminal(status)) return exitCodeOf(status);
  }
  return exitCodes.error;
}

function exitCodeOf({ status, result }: Status): ExitCode {
  if (status === 'Canceled') return exitCodes.withdrawn;
  if (status === 'Failed') return exitCodes.failed;
  return result?.outcome === 'accepted' ? exitCodes.accepted : exitCodes.rejected;
}

function readArguments(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        server: { type: 'string', default: 'http://127.0.0.1:3000' },
        timeout: { type: 'string' },
        key: { type: 'string', default: crypto.randomUUID() },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    });
    const [command = '', target = '', ...rest] = positionals;
    const timeout = values.timeout === undefined ? Number.POSITIVE_INFINITY : Number(values.timeout) * 1_000;
    if (values.help) return { ...values, command, target, timeout };
    if (command !== 'submit' && command !== 'watch') throw new Error('say submit or watch');
    if (!target || rest.length > 0) throw new Error(`${command} takes one ${command === 'submit' ? 'file' : 'URL'}`);
    if (!(timeout > 0)) throw new Error('--timeout takes a number of seconds');
    if (!/^https?:\/\//.test(values.server)) throw new Error('--server takes an http or https URL');
    return { ...values, command, target, timeout };
  } catch (cause) {
    throw new UsageError(`${cause instanceof Error ? cause.message : cause}\n\n${usage}`, { cause });
  }
}

async function readSubmission(file: string, stdin: NodeJS.ReadStream): Promise<Submission> {
  try {
    return JSON.parse(file === '-' ? await text(stdin) : await readFile(file, 'utf8'));
  } catch (cause) {
    throw new UsageError(`${file}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

function urlOf(target: string, server: string): string {
  return /^https?:\/\//.test(target)
    ? target
    : `${server.replace(/\/+$/, '')}/api/submissions/${encodeURIComponent(target)}`;
}

function chooseProgress(json: boolean, stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): Progress {
  const print = (line: string) => void stdout.write(`${line}\n`);
  if (json) return jsonLines(print);
  return stdout.isTTY ? progressBar(stdout) : plainLines(print, (line) => void stderr.write(`${line}\n`));
}

function asText(error: unknown): string {
  if (!(error instanceof Error)) return printable(String(error));
  return error.name === 'AbortError' ? 'interrupted; what was submitted goes on.' : printable(error.message);
}

function asJson(error: unknown) {
  return {
    error: {
      name: error instanceof Error ? error.name : 'Error',
      message: asText(error),
      ...(error instanceof RefusedError ? { problem: error.problem } : {}),
    },
  };
}
