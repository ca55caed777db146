import { isTerminal } from '../../contract/http/statuses.ts';
import { confirm, decline } from '../attendance.ts';
import type { Erasure, Status } from '../documents.ts';
import { DeadlineError, RefusedError } from '../errors.ts';
import { createOrganiser } from '../organiser/organiser.ts';
import { poll } from '../poll.ts';
import type { Options } from '../session.ts';
import { submit } from '../submit.ts';
import { withoutSlashes } from '../url.ts';
import { withdraw } from '../withdraw.ts';
import { readArguments, UsageError, usage } from './arguments.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { readSubmission, readToken } from './input.ts';
import { jsonLines, type Progress, plainLines, printable, progressBar } from './progress.ts';

type Streams = { stdin: NodeJS.ReadStream; stdout: NodeJS.WriteStream; stderr: NodeJS.WriteStream };

/** Runs the command, and gives its exit code. It prints results to `stdout`, and everything else to `stderr`. */
export async function run(args: readonly string[], streams: Streams, signal: AbortSignal): Promise<ExitCode> {
  const { stdout, stderr } = streams;
  let isJson = false;
  // What to know of what was asked of the service, if it ends before the answer.
  let remark = '';
  try {
    const { command, target, server, timeout, key, json, help } = readArguments(args);
    isJson = json;
    if (help) {
      stdout.write(`${usage}\n`);
      return exitCodes.accepted;
    }
    const submission = command === 'submit' ? await readSubmission(target, streams.stdin) : undefined;
    const isSpeakers = command === 'withdraw' || command === 'confirm' || command === 'decline';
    const isOrganisers = command === 'erase' || command === 'preview';
    const speakerToken = isSpeakers ? await readToken('speaker token', streams, signal) : undefined;
    const organiserToken = isOrganisers ? await readToken("organiser's token", streams, signal) : undefined;
    const progress = chooseProgress(json, stdout, stderr);
    const giveUpAt = performance.now() + timeout;
    const options = () => ({
      signal,
      // Where none is said, submit and withdraw have the library's own, and following has none.
      ...(Number.isFinite(timeout) ? { timeout: giveUpAt - performance.now() } : {}),
      onRetry: (failure: Error, wait: number) =>
        progress.note(printable(`${failure.message}; next try in ${Math.ceil(wait / 1_000)} s`)),
    });
    if (command === 'preview' && organiserToken !== undefined) {
      const text = await createOrganiser(server, organiserToken).preview(target, options());
      stdout.write(`${json ? JSON.stringify(text) : printable(`Subject: ${text.subject}\n\n${text.text}`)}\n`);
      return exitCodes.answered;
    }
    if (organiserToken !== undefined) {
      remark = '\nIt may be erased or not; to erase it again is safe';
      const erasure = await createOrganiser(server, organiserToken).erase(target, options());
      stdout.write(`${json ? JSON.stringify(erasure) : describe(erasure)}\n`);
      return exitCodes.erased;
    }
    try {
      if (submission) {
        remark = `\nTo try again without submitting twice, add --key ${key}`;
        const submitted = await submit(server, submission, { ...options(), idempotencyKey: key });
        remark = '\nThe submission goes on';
        progress.location(submitted.location, submitted.speakerToken);
        if (submitted.speakerToken === undefined)
          progress.note('It was submitted more than a day ago: its speaker token was told then, and is not told again');
        return await follow(submitted.location, options(), progress);
      }
      const location = urlOf(target, server);
      progress.location(location);
      if (speakerToken === undefined) return await follow(location, options(), progress);
      if (command === 'confirm' || command === 'decline') {
        remark = '\nIt may be answered or not; the same answer again is safe';
        const answer = command === 'confirm' ? confirm : decline;
        progress.status(await answer(location, speakerToken, options()));
        return exitCodes.answered;
      }
      remark = '\nIt may be withdrawn or not; to withdraw it again is safe';
      progress.status(await withdraw(location, speakerToken, options()));
      return exitCodes.withdrawn;
    } finally {
      progress.done();
    }
  } catch (error) {
    const isRefused = error instanceof RefusedError || error instanceof UsageError;
    stderr.write(`${isJson ? JSON.stringify(asJson(error)) : asText(error) + (isRefused ? '' : remark)}\n`);
    if (signal.aborted) return exitCodes.interrupted;
    if (error instanceof DeadlineError) return exitCodes.timedOut;
    return error instanceof UsageError ? exitCodes.usage : exitCodes.error;
  }
}

async function follow(location: string, options: Options, progress: Progress): Promise<ExitCode> {
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

function urlOf(target: string, server: string): string {
  return /^https?:\/\//.test(target)
    ? target
    : `${withoutSlashes(server)}/api/submissions/${encodeURIComponent(target)}`;
}

function chooseProgress(json: boolean, stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): Progress {
  const print = (line: string) => void stdout.write(`${line}\n`);
  const note = (line: string) => void stderr.write(`${line}\n`);
  if (json) return jsonLines(print);
  return stdout.isTTY ? progressBar(stdout, note) : plainLines(print, note);
}

function describe({ state }: Erasure): string {
  if (state === 'erased') return 'erased: nothing of it is left';
  return 'erased for everybody; Temporal still deletes its copy, and to erase it again tells when it is gone';
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
      ...(error instanceof RefusedError ? { problem: error.problem } : {}),
    },
  };
}
