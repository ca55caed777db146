import { conclusionOf, currentVerdict, decisionOf, isOver } from '../record.ts';
import type { AnnounceCommand, CloseCommand, PromoteCommand } from '../workflow/commands.ts';
import { notDecided } from '../workflow/errors.ts';
import { type Change, withCommand } from './change.ts';
import type { CommandRule } from './command.ts';
import { refuse } from './refusal.ts';

/** Announces the decision. Returns false if it had been announced before. */
export const announce: CommandRule<AnnounceCommand, boolean> = {
  description: 'An organiser announces the decision',

  check({ state }) {
    if (conclusionOf(state) === undefined && decisionOf(state) === undefined)
      refuse(notDecided, 'Nothing is decided yet');
  },

  apply({ state, now }, { by, operation, reason }) {
    const { course, announcedIn } = state;
    if (course.at !== 'decided' || course.announced !== 'no')
      return { result: operation !== undefined && announcedIn === operation };
    const change: Change = {
      course: { ...course, announced: 'yes' },
      ...(operation !== undefined && { announcedIn: operation }),
      ...withCommand(state, { by, command: 'announce', reason }, now),
      ...(state.original !== undefined && { hasOwnSlot: true as const }),
    };
    return { change, result: true };
  },
};

/** Gives a free slot to a submission on the waiting list. Returns whether it has taken that slot. */
export const promote: CommandRule<PromoteCommand, boolean> = {
  description: 'A slot has come free for it',

  check() {},

  apply({ state, now }, { freedBy }) {
    const { course } = state;
    const standing = currentVerdict(state);
    const isPromoted = state.promotedBy !== undefined && standing?.outcome === 'passed';
    // Otherwise organisers have decided anew since, and it may wait again.
    if (isPromoted) return { result: state.promotedBy === freedBy };
    if (course.at !== 'decided' || standing?.outcome !== 'waitlisted' || state.closing) return { result: false };
    const { rank: _, by: __, reason: ___, ...kept } = standing;
    // Not all who see this submission may see the one that gave its slot back.
    const reasons = [{ code: 'slot-came-free', detail: 'Another speaker gave a slot back.' }];
    const verdict = { ...kept, outcome: 'passed' as const, reasons, decidedAt: now, number: state.revision + 1 };
    const verdicts = [...state.verdicts.slice(0, -1), verdict];
    const change: Change = {
      verdicts,
      promotedBy: freedBy,
      ...withCommand(state, { by: 'waiting list', command: 'promote' }, now),
      ...(state.original !== undefined && { hasOwnSlot: true as const }),
    };
    return { change, result: true };
  },
};

/** Closes the call for it: what is undecided is decided by the call's rule, and what is decided is announced. */
export const close: CommandRule<CloseCommand, void> = {
  description: 'The call is closed',

  check() {},

  apply({ state, rules, now }, { by, reason }) {
    if (isOver(state) || state.closing) return { result: undefined };
    const line = withCommand(state, { by, command: 'close', reason, detail: rules.whenClosed }, now);
    return { change: { closing: rules.whenClosed, ...line }, result: undefined };
  },
};
