import type { SubmissionId } from '../contract/submission-id.ts';
import type { Records } from '../store/records.ts';
import { within } from '../within.ts';
import type { Commanded, People } from './people.ts';

/** Milliseconds for the record, after a command that has had its own time (contract H13). */
const patience = 200;

/**
 * The same port, for which a submission that was erased while a command was on its way is erased, and not only over. As
 * long as the database is out of reach, nobody knows.
 */
export function withErasures(people: People, { find }: Pick<Records, 'find'>): People {
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
    const found = await within(patience, find(id)).catch(() => undefined);
    return found?.isLate === false && found.value.kind === 'erased';
  }
}
