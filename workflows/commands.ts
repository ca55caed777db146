import { ApplicationFailure } from '@temporalio/workflow';
import type { Release } from '../contract/mail/releases.ts';
import { omitUndefined } from '../contract/omit-undefined.ts';
import type { Command, SubmissionState } from '../contract/state.ts';
import type { Conditional } from '../contract/workflow/commands.ts';
import type { CommandRefusal, notDecided } from '../contract/workflow/errors.ts';

/** Refuses a command, from its validator: it leaves no trace in the history. */
export function refuse(
  type: CommandRefusal | typeof notDecided,
  message: string,
  details: Record<string, unknown> = {},
): never {
  throw ApplicationFailure.nonRetryable(message, type, details);
}

/** A workflow takes 2,000 updates in all, and a history of 50 MB: nobody who repeats themselves keeps one from its end. */
const mostCommands = 500;

export function assertNotTooMany({ commands = [] }: Pick<SubmissionState, 'commands'>): void {
  if (commands.length >= mostCommands) refuse('too-many-commands', `It has taken ${mostCommands} commands`);
}

/** Refuses what was to be done to another state only: last of all, since what would be refused anyway has its own reason. */
export function assertUnchanged({ revision }: Pick<SubmissionState, 'revision'>, { onlyIf }: Conditional): void {
  if (onlyIf !== undefined && onlyIf !== revision) refuse('precondition-failed', 'It is another one by now');
}

/** One more line of who did what, when and why: it goes into the audit with the next record. */
export function noted(
  { commands = [] }: Pick<SubmissionState, 'commands'>,
  {
    by,
    command,
    reason,
    detail,
  }: { by: string; command: string; reason?: string | undefined; detail?: string | undefined },
): Command[] {
  const at = new Date().toISOString();
  return [...commands, omitUndefined({ number: commands.length + 1, at, by, command, reason, detail })];
}

/** One more thing that people are to be told. */
export function released({ releases = [] }: Pick<SubmissionState, 'releases'>, ...names: Release['name'][]): Release[] {
  const at = new Date().toISOString();
  const more = names.map((name) => ({ name, number: releases.filter((one) => one.name === name).length + 1, at }));
  return [...releases, ...more];
}
