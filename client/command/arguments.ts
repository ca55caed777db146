import { parseArgs } from 'node:util';

export const usage = `call-for-speakers submit FILE    submit a talk (JSON; - reads standard input), and follow it to its result
call-for-speakers watch URL      follow a submission by its URL, or by its id
call-for-speakers withdraw URL   withdraw it; the speaker token, which the submit told, is read from standard input
call-for-speakers confirm URL    after an acceptance: the speaker will come; the speaker token is read from standard input
call-for-speakers decline URL    after an acceptance: the speaker will not come
call-for-speakers preview NAME   show a text to speakers, like accepted; the organiser's token is read from standard input
call-for-speakers erase ID       erase it, for organisers; the organiser's token is read from standard input

  --server URL        base of the service's URLs (http://127.0.0.1:3000)
  --timeout SECONDS   give up after this time; the submission goes on (60 until a submit or withdraw is answered)
  --key KEY           Idempotency-Key of a submit: the same again finds the submission of a submit whose answer was lost
  --json              one JSON text a line
  --help

Exit codes: 0 accepted, or done, 1 refused or not reached, 2 wrong usage, 3 rejected, or no place came free, 4 failed,
5 withdrawn, 6 timed out, 130 interrupted`;

/** The command was not called as it should be. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** What a command is said to be about. */
const targets = {
  submit: 'file',
  watch: 'URL',
  withdraw: 'URL',
  confirm: 'URL',
  decline: 'URL',
  preview: 'name',
  erase: 'id',
} as const;

type Command = keyof typeof targets;

/** @throws UsageError */
export function readArguments(args: readonly string[]) {
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
    if (!isCommand(command)) throw new Error(`say ${Object.keys(targets).join(', ')}`);
    if (!target || rest.length > 0) throw new Error(`${command} takes one ${targets[command]}`);
    if (!(timeout > 0)) throw new Error('--timeout takes a number of seconds');
    if (!/^https?:\/\//.test(values.server)) throw new Error('--server takes an http or https URL');
    return { ...values, command, target, timeout };
  } catch (cause) {
    throw new UsageError(`${cause instanceof Error ? cause.message : cause}\n\n${usage}`, { cause });
  }
}

function isCommand(text: string): text is Command {
  return Object.hasOwn(targets, text);
}
