import { commonOptions } from './arguments.ts';
import type { Command, Option } from './command.ts';

type Commands = Readonly<Record<string, Command>>;

const ending = `The token of the committee comes from --token-file, the environment variable
CFS_TOKEN or standard input; a speaker token from --token-file or standard
input. In a terminal it is asked for, and not shown.

Exit codes: 0 accepted, or done, 1 refused or not reached, 2 wrong usage,
3 rejected, or no slot came free, 4 failed, 5 withdrawn or called off,
6 timed out, 130 interrupted`;

export function usageOf(groups: Readonly<Record<string, Commands>>): string {
  const sections = Object.entries(groups).map(([title, commands]) =>
    [`${title}:`, ...Object.entries(commands).map(([name, command]) => line(nameOf(name, command), command.help))].join(
      '\n',
    ),
  );
  return ['call-for-speakers COMMAND …', ...sections, optionsOf(commonOptions), ending].join('\n\n');
}

export function usageOfCommand(name: string, command: Command): string {
  const own = command.options ? [optionsOf(command.options)] : [];
  const title = `call-for-speakers ${nameOf(name, command)}\n${command.help}`;
  return [title, ...own, optionsOf(commonOptions)].join('\n\n');
}

const nameOf = (name: string, { argument }: Command) => `${name} ${argument}`.trimEnd();

function optionsOf(options: Readonly<Record<string, Option>>): string {
  return Object.entries(options)
    .map(([name, { value, help }]) => line(`--${name}${value === undefined ? '' : ` ${value}`}`, help))
    .join('\n');
}

const line = (left: string, right: string) => `  ${left.padEnd(21)} ${right}`;
