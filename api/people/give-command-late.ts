import { type Call, rulesOf } from '../../contract/call/call.ts';
import { carriedOf } from '../../contract/lifecycle/carried.ts';
import type { CommandRule, MeetingText } from '../../contract/lifecycle/command.ts';
import { Refusal } from '../../contract/lifecycle/refusal.ts';
import { editionOf } from '../../contract/record.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Conditional } from '../../contract/workflow/commands.ts';
import { alreadyConcluded, type CommandRefusal } from '../../contract/workflow/errors.ts';
import type { LateCommand } from '../../contract/workflow/late-command.ts';
import { inputVersion } from '../../contract/workflow/submission-input.ts';
import { type Deadline, within } from '../../process/deadline.ts';
import { everything } from '../../store/sight.ts';
import type { Store } from '../../store/store.ts';
import { TemporalUnavailableError } from '../../temporal/bounded-calls.ts';
import type { CommandResult, Commands } from '../../temporal/commands.ts';
import type { Refuse } from '../http/refusal.ts';

export type GiveLateDependencies = {
  call: Call;
  store: Pick<Store, 'records' | 'list'>;
  commands: Pick<Commands, 'startForOne'>;
};

type Taken<Value, Code extends CommandRefusal> = Exclude<CommandResult<Value, Code>, { kind: 'over' }>;

/** `inTime`: gives it to the workflow. `late`: for a run for it alone. `at`: when, for that run. */
type Given<Command, Value, Code extends CommandRefusal> = {
  rule: CommandRule<Command, Value, MeetingText>;
  codes: readonly Code[];
  command: Command & Conditional;
  at: string;
  inTime: () => Promise<CommandResult<Value, Code>>;
  late: LateCommand;
};

/** Attempts, since a workflow may end, and a run for somebody else's command begin, between two steps. */
const tries = 3;

/** `refuse`: what is no submission any more. */
export type LateOptions = { deadline: Deadline; refuse: Refuse<'not-found'> };

/** Gives a command to the workflow, or once that has ended, in a run of its own from the record. */
export function createGiveCommandLate({ call, store, commands }: GiveLateDependencies) {
  // Not those that it was started with, which the record lacks. A run for one command needs the call's name, contact, time
  // zone and texts, for its letter; no rule decides anything in it.
  const rules = rulesOf(call);

  return async function giveCommandLate<Command, Value, Code extends CommandRefusal>(
    id: SubmissionId,
    given: Given<Command, Value, Code>,
    options: LateOptions,
  ): Promise<Taken<Value, Code>> {
    for (let time = 0; time < tries; time += 1) {
      const result = await given.inTime();
      if (result.kind !== 'over') return result;
      const taken = await fromRecord(id, given, options);
      if (taken) return taken;
    }
    throw new TemporalUnavailableError('its workflow ends and starts');
  };

  async function fromRecord<Command, Value, Code extends CommandRefusal>(
    id: SubmissionId,
    { rule, codes, command, at, late }: Given<Command, Value, Code>,
    { deadline, refuse }: LateOptions,
  ): Promise<Taken<Value, Code> | undefined> {
    const reading = await within(deadline, Promise.all([store.records.find(id), store.list.find(id, everything)]));
    const [found, item] = reading.isLate ? [] : reading.value;
    // Only both together know that there is no such submission.
    if (found?.kind === 'unknown' && item === undefined) return refuse('not-found');
    if (found?.kind !== 'found' || item === undefined)
      throw new TemporalUnavailableError('its workflow has ended, and its record could not be read');
    const { submission, state } = item;
    const meeting = { state, submission, rules, now: at };
    try {
      rule.check(meeting, command);
    } catch (error) {
      return refused(error, codes);
    }
    const { change, result } = rule.apply(meeting, command);
    if (change === undefined) return { kind: 'done', value: result };
    const { createdAt, revision } = state;
    const { fingerprint } = found;
    const carried = { state: carriedOf(state), known: revision, ...(editionOf(state) > 1 && { submission }) };
    const rest = { fingerprint, rules, carried, late: { ...late, at } };
    const input = { version: inputVersion, id, createdAt, submission, ...rest };
    return (await commands.startForOne(input, deadline)) ? { kind: 'done', value: result } : undefined;
  }
}

function refused<Code extends CommandRefusal>(error: unknown, codes: readonly Code[]): Taken<never, Code> {
  if (!(error instanceof Refusal)) throw error;
  const refusal = error.code === alreadyConcluded ? 'submission-concluded' : error.code;
  const code = codes.find((known) => known === refusal);
  if (code === undefined) throw error;
  return { kind: 'refused', code, details: error.details };
}
