import { parseArgs } from 'node:util';
import type { Command, Given, Option } from './command.ts';
import { UsageError } from './usage-error.ts';

export const commonOptions = {
  server: { type: 'string', value: 'URL', help: 'of the service (http://127.0.0.1:3000)' },
  'token-file': { type: 'string', value: 'FILE', help: 'with the token in its first line' },
  timeout: { type: 'string', value: 'SECONDS', help: 'give up after (60; while following, never)' },
  json: { type: 'boolean', help: 'for programs: one JSON text per line' },
  yes: { type: 'boolean', help: "don't ask before an action that can't be undone" },
  help: { type: 'boolean', short: 'h', help: 'show the usage; with a command, its options' },
} as const satisfies Record<string, Option>;

/** @throws UsageError */
export function readArguments(args: readonly string[], commands: Readonly<Record<string, Command>>) {
  try {
    const name = nameIn(args, commands);
    const command = name === undefined ? undefined : commands[name];
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { ...commonOptions, ...command?.options },
    });
    const given = givenOf(values);
    if (given.is('help')) return { name, command, given, args: [] };
    if (!command) throw new Error(`the command must be one of: ${Object.keys(commands).join(', ')}`);
    assertArguments(`${name} ${command.argument}`, command, positionals.slice(1));
    return { name, command, given, args: positionals.slice(1) };
  } catch (cause) {
    // Node adds advice for developers to its message.
    const message = cause instanceof Error ? cause.message.replace(/\. To specify .*/s, '') : String(cause);
    throw new UsageError(`${message}\n(--help shows the usage)`, { cause });
  }
}

/** Needs the options of all commands: before the command is known, any of them may take a value. */
function nameIn(args: readonly string[], commands: Readonly<Record<string, Command>>): string | undefined {
  const all = Object.values(commands).map(({ options }) => options ?? {});
  const { positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    strict: false,
    options: Object.assign({}, commonOptions, ...all),
  });
  return positionals.find((word) => Object.hasOwn(commands, word)) === positionals[0] ? positionals[0] : undefined;
}

function assertArguments(usage: string, { argument }: Command, args: readonly string[]): void {
  const wanted = argument === '' ? 0 : argument.split(' ').length;
  const isRight = argument.startsWith('[') || args.length === wanted;
  if (!isRight || args.includes('')) throw new Error(`the usage is: ${usage.trim()}`);
}

function givenOf(values: Readonly<Record<string, unknown>>): Given {
  const all = (name: string) => [values[name] ?? []].flat().map(String);
  return { all, text: (name) => all(name)[0], is: (name) => values[name] === true };
}

/** Milliseconds; infinite without `--timeout`. @throws UsageError */
export function timeoutOf(given: Given): number {
  const text = given.text('timeout');
  const timeout = text === undefined ? Number.POSITIVE_INFINITY : Number(text) * 1_000;
  if (timeout > 0) return timeout;
  throw new UsageError('--timeout takes a number of seconds');
}

/** @throws UsageError */
export function serverOf(given: Given): string {
  const server = given.text('server') ?? 'http://127.0.0.1:3000';
  if (/^https?:\/\//.test(server)) return server;
  throw new UsageError('--server takes an http or https URL');
}
