import { commonOptions } from './arguments.ts';
import type { Command, Option } from './command.ts';

type Commands = Readonly<Record<string, Command>>;

const ending = `The token of the committee is read from --token-file, from the environment variable CFS_TOKEN, or from standard input; a
speaker token from --token-file or standard input. In a terminal it is asked for, and not shown.

Exit codes: 0 accepted, or done, 1 refused or not reached, 2 wrong usage, 3 rejected, or no slot came free, 4 failed,
5 withdrawn or called off, 6 timed out, 130 interrupted`;

export function usageOf(groups: Readonly<Record<string, Commands>>): string {
  const sections = Object.entries(groups).map(([title, commands]) =>
    [title, ...Object.entries(commands).map(([name, command]) => line(nameOf(name, command), command.help))].join('\n'),
  );
  return [...sections, optionsOf(commonOptions), ending].join('\n\n');
}

export function usageOfCommand(name: string, command: Command): string {
  const own = command.options ? [optionsOf(command.options)] : [];
  return [`${nameOf(name, command)}\n${command.help}`, ...own, optionsOf(commonOptions)].join('\n\n');
}

function nameOf(name: string, { argument }: Command): string {
  return `call-for-speakers ${name} ${argument}`.trimEnd();
}

function optionsOf(options: Readonly<Record<string, Option>>): string {
  return Object.entries(options)
    .map(([name, { value, help }]) => line(`  --${name}${value === undefined ? '' : ` ${value}`}`, help))
    .join('\n');
}

const line = (left: string, right: string) => `${left.padEnd(38)} ${right}`;
