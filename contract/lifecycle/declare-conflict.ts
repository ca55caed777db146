import { omitUndefined } from '../omit-undefined.ts';
import { isOver } from '../record.ts';
import type { Conflict } from '../state.ts';
import type { ConflictCommand } from '../workflow/commands.ts';
import { withCommand } from './change.ts';
import { assertImpartial, assertUnchanged, type CommandRule } from './command.ts';
import { refuse } from './refusal.ts';

/** Declares a conflict of interest, or confirms that of another person, whose reviews no longer count. */
export const declareConflict: CommandRule<ConflictCommand, Conflict> = {
  description: 'Declares a conflict of interest, or confirms that of another person',

  check({ state }, command) {
    const { by, person = by } = command;
    if (isOver(state)) refuse('not-under-review', 'The submission has ended');
    if (person !== by) assertImpartial(state, by);
    if (state.conflicts?.some((one) => one.by === person)) return;
    assertUnchanged(state, command);
  },

  apply({ state, now }, { by, person = by, reason }) {
    const { conflicts = [], reviews = [] } = state;
    const standing = conflicts.find((one) => one.by === person);
    if (standing) return { result: standing };
    const confirmedBy = person === by ? undefined : by;
    const conflict: Conflict = omitUndefined({ by: person, at: now, reason, confirmedBy });
    const change = {
      conflicts: [...conflicts, conflict],
      reviews: reviews.filter((review) => review.by !== person),
      ...withCommand(state, { by, command: 'conflict', reason, detail: confirmedBy && person }, now),
    };
    return { change, result: conflict };
  },
};
