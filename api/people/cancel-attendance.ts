import { cancel } from '../../contract/lifecycle/cancel.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { CancelCommand } from '../../contract/workflow/commands.ts';
import { commandRefusals } from '../../contract/workflow/errors.ts';
import type { Commands } from '../../temporal/commands.ts';
import { createGiveCommandLate, type GiveLateDependencies, type LateOptions } from './give-command-late.ts';

type Dependencies = GiveLateDependencies & { commands: Pick<Commands, 'cancel' | 'startForOne'> };

/** Cancels for a speaker, also once the workflow has ended. */
export function createCancelAttendance(dependencies: Dependencies) {
  const giveCommandLate = createGiveCommandLate(dependencies);
  const { commands } = dependencies;

  return (id: SubmissionId, command: CancelCommand, at: string, options: LateOptions) => {
    const { onlyIf: _, ...canceled } = command;
    const given = {
      rule: cancel,
      codes: commandRefusals.cancel,
      command,
      at,
      inTime: () => commands.cancel(id, command, options),
      late: { name: 'cancel' as const, command: canceled },
    };
    return giveCommandLate(id, given, options);
  };
}
