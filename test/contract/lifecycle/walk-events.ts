import type { CallRules } from '../../../contract/call/rules.ts';
import type { SomeCommand } from './commands.ts';
import type { SomeJudgement } from './judgements.ts';

export type Fault =
  /** The next activity takes until time has passed. */
  | { fault: 'slow' }
  /** The next command comes in one task with what follows: the workflow does nothing in between. */
  | { fault: 'together' }
  /** The acceptance does not arrive. */
  | { fault: 'undelivered' }
  | { fault: 'continue-as-new' }
  /** By an operator, like the reset to an earlier time. */
  | { fault: 'cancel' }
  | { fault: 'reset'; back: number };

export type WalkEvent = { wait: number } | SomeCommand | Fault;

export type Reopens = 'rejected' | 'accepted';

export type WalkInput = {
  rules: CallRules;
  reopens: Reopens | undefined;
  judgements: SomeJudgement[];
  events: WalkEvent[];
};
