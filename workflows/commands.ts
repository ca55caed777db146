import { ApplicationFailure } from '@temporalio/workflow';
import type { Release } from '../contract/mail/releases.ts';
import { omitUndefined } from '../contract/omit-undefined.ts';
import type { Command, SubmissionState } from '../contract/state.ts';
import type { Conditional } from '../contract/workflow/commands.ts';
import type { CommandRefusal, notDecided } from '../contract/workflow/errors.ts';

/** Refuses a command in its validator, so that it leaves no trace in the history. */
export function refuse(
  type: CommandRefusal | typeof notDecided,
  message: string,
  details: Record<string, unknown> = {},
): never {
  throw ApplicationFailure.nonRetryable(message, type, details);
}

/** Temporal's limits for a workflow are 2,000 updates and a history of 50 MB: repeated commands must not exhaust them. */
const mostCommands = 500;

export function assertNotTooMany({ commands = [] }: Pick<SubmissionState, 'commands'>): void {
  if (commands.length >= mostCommands) refuse('too-many-commands', `It has taken ${mostCommands} commands`);
}

/** The last check of a validator: other refusals are more helpful. */
export function assertUnchanged({ revision }: Pick<SubmissionState, 'revision'>, { onlyIf }: Conditional): void {
  if (onlyIf !== undefined && onlyIf !== revision) refuse('precondition-failed', 'The submission has changed');
}

/** Appends a line of the audit. */
export function withCommand(
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

/** Appends what messages are to be sent about. */
export function withReleases(
  { releases = [], revision: last }: Pick<SubmissionState, 'releases' | 'revision'>,
  ...names: Release['name'][]
): Release[] {
  const [at, revision] = [new Date().toISOString(), last + 1];
  const numberOf = (name: Release['name']) => releases.filter((one) => one.name === name).length + 1;
  const more = names.map((name) => ({ name, number: numberOf(name), at, revision }));
  return [...releases, ...more];
}
