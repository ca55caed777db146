import { type Call, rulesOf } from '../../contract/call/call.ts';
import type { StatusDocument } from '../../contract/http/status.ts';
import { cancel } from '../../contract/lifecycle/cancel.ts';
import { carriedOf } from '../../contract/lifecycle/carried.ts';
import { Refusal } from '../../contract/lifecycle/refusal.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { CancelCommand } from '../../contract/workflow/commands.ts';
import { commandRefusals } from '../../contract/workflow/errors.ts';
import { inputVersion } from '../../contract/workflow/submission-input.ts';
import { type Deadline, within } from '../../process/deadline.ts';
import { everything } from '../../store/sight.ts';
import type { Store } from '../../store/store.ts';
import { TemporalUnavailableError } from '../../temporal/bounded-calls.ts';
import type { CommandResult, Commands } from '../../temporal/commands.ts';

type Dependencies = {
  call: Call;
  store: Pick<Store, 'records' | 'list'>;
  commands: Pick<Commands, 'cancel' | 'cancelFromRecord'>;
};

type Cancelled = Exclude<CommandResult<StatusDocument, (typeof commandRefusals.cancel)[number]>, { kind: 'over' }>;

/** Attempts, since a workflow may end, and another organiser's cancellation begin, between two steps. */
const tries = 3;

export function createCancelAttendance({ call, store, commands }: Dependencies) {
  // Not those that it was started with, which the record lacks. A run that only cancels needs the call's name, contact, time
  // zone and texts, for its letter; no rule decides anything in it.
  const rules = rulesOf(call);

  /** Cancels in the workflow, or once that has ended, in a run of its own. @param at when, for that run */
  return async function cancelAttendance(
    id: SubmissionId,
    command: CancelCommand,
    at: string,
    deadline: Deadline,
  ): Promise<Cancelled> {
    for (let time = 0; time < tries; time += 1) {
      const result = await commands.cancel(id, command, { deadline });
      if (result.kind !== 'over') return result;
      const cancelled = await fromRecord(id, command, at, deadline);
      if (cancelled) return cancelled;
    }
    throw new TemporalUnavailableError('its workflow ends and starts');
  };

  async function fromRecord(
    id: SubmissionId,
    command: CancelCommand,
    at: string,
    deadline: Deadline,
  ): Promise<Cancelled | undefined> {
    const reading = await within(deadline, Promise.all([store.records.find(id), store.list.find(id, everything)]));
    const [found, item] = reading.isLate ? [] : reading.value;
    if (found?.kind !== 'found' || item === undefined)
      throw new TemporalUnavailableError('its workflow has ended, and its record could not be read');
    const { submission, state } = item;
    const { onlyIf: _, ...cancels } = command;
    try {
      cancel.check({ state, rules, now: at }, command);
    } catch (error) {
      return refused(error);
    }
    const { change, result } = cancel.apply({ state, rules, now: at }, command);
    if (change === undefined) return { kind: 'done', value: result };
    const { createdAt, revision } = state;
    const { fingerprint } = found;
    const carried = { state: carriedOf(state), known: revision };
    const input = { version: inputVersion, id, createdAt, submission, fingerprint, rules, carried };
    const isStarted = await commands.cancelFromRecord({ ...input, cancels: { ...cancels, at } }, deadline);
    return isStarted ? { kind: 'done', value: result } : undefined;
  }
}

function refused(error: unknown): Cancelled {
  if (!(error instanceof Refusal)) throw error;
  const code = commandRefusals.cancel.find((known) => known === error.code);
  if (code === undefined) throw error;
  return { kind: 'refused', code, details: error.details };
}
