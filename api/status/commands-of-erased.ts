import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Store } from '../../store/store.ts';
import type { Commanded, People } from '../../temporal/commands.ts';
import { onRecord } from './on-record.ts';

/**
 * The same port, for which a submission that was erased while a command was on its way is erased, and not only over. As
 * long as the database is out of reach, nobody knows.
 */
export function withErasures(people: People, { find }: Pick<Store['records'], 'find'>): People {
  return {
    review: unlessErased(people.review),
    declareConflict: unlessErased(people.declareConflict),
    decide: unlessErased(people.decide),
    reschedule: unlessErased(people.reschedule),
    answer: unlessErased(people.answer),
    recordOf: people.recordOf,
    startOf: people.startOf,
  };

  function unlessErased<More extends unknown[], Value>(
    command: (id: SubmissionId, ...more: More) => Promise<Commanded<Value>>,
  ) {
    return async (id: SubmissionId, ...more: More): Promise<Commanded<Value>> => {
      const result = await command(id, ...more);
      return result.kind === 'over' && (await isErased(id)) ? { kind: 'refused', code: 'erased', details: {} } : result;
    };
  }

  async function isErased(id: SubmissionId): Promise<boolean> {
    const found = await onRecord(find(id)).catch(() => undefined);
    return found?.kind === 'erased';
  }
}
