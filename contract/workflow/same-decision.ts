import type { StageVerdict } from '../state.ts';
import type { DecideCommand } from './commands.ts';

/** Whether the command repeats a decision that was made. */
export function isSameDecision(made: StageVerdict, { stage, by, outcome, reason, rank }: DecideCommand): boolean {
  return (
    made.stage === stage && made.by === by && made.outcome === outcome && made.reason === reason && made.rank === rank
  );
}
