import { parseSubmissionId, type SubmissionId } from '../contract/submission-id.ts';
import type { Listed } from '../store/list.ts';
import type { Store } from '../store/store.ts';
import { isUnreachable } from '../store/unreachable.ts';
import { within } from '../within.ts';
import type { Person } from './access.ts';
import { conflictOf } from './conflict.ts';
import type { Commanded, People } from './people.ts';
import { Refusal } from './refusal.ts';
import { TemporalUnavailableError } from './temporal-calls.ts';

type Dependencies = { store: Pick<Store, 'find' | 'listed'>; people: Pick<People, 'recordOf'> };

export type OpenSubmission = ReturnType<typeof createOpenSubmission>;

/** Opens a submission for a person who works on it, as it is now: from its workflow, or, when that is over, from its record. */
export function createOpenSubmission({ store, people }: Dependencies) {
  /** @throws Refusal where there is none, or the person has to keep away from it */
  return async function openSubmission(text: string | undefined, person: Person): Promise<Listed> {
    const id = parseSubmissionId(text ?? '');
    if (id === undefined) throw new Refusal('not-found');
    const item = await look(id);
    if (item === undefined) {
      await assertNotErased(id);
      throw new Refusal('not-found');
    }
    const reason = conflictOf(person, item.submission, item.state);
    if (reason !== undefined) throw new Refusal('conflict-of-interest', { reason });
    return item;
  };

  /** It may have been, since the first look. @throws Refusal */
  async function assertNotErased(id: SubmissionId): Promise<void> {
    const found = await store.find(id);
    if (found.kind === 'erased') throw new Refusal('erased');
  }

  async function look(id: SubmissionId): Promise<Listed | undefined> {
    const found = await onRecord(store.find(id));
    if (found?.kind === 'erased') throw new Refusal('erased');
    if (found?.kind === 'found' && found.isOver) return store.listed(id);
    const [record, kept] = await Promise.all([
      people.recordOf(id).catch((error: unknown) => {
        if (error instanceof TemporalUnavailableError) return error;
        throw error;
      }),
      onRecord(store.listed(id).then((item) => item ?? 'unknown')),
    ]);
    const item = kept === 'unknown' ? undefined : kept;
    if (record && !(record instanceof Error)) return { ...record, flags: item?.flags ?? [] };
    if (item) return item;
    if (record instanceof Error) throw record;
    // Temporal forgets, and so it takes both to say that there is no such submission.
    if (kept === undefined) throw new Refusal('temporarily-unavailable');
    return undefined;
  }
}

/** Milliseconds for the record: Temporal, and a command after it, have the rest of the time of an answer (contract H13). */
const patience = 200;

/** What the database answers in time; `undefined` while it is out of reach. */
async function onRecord<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  const answer = await within(patience, asked).catch(unlessUnreachable);
  return answer?.isLate === false ? answer.value : undefined;
}

export function unlessUnreachable(error: unknown): undefined {
  if (!isUnreachable(error)) throw error;
}

/** What was done. @throws Refusal where it was not */
export function done<Value>(result: Commanded<Value>): Value {
  if (result.kind === 'done') return result.value;
  if (result.kind === 'over') throw new Refusal('submission-concluded');
  throw new Refusal(result.code, result.details);
}
