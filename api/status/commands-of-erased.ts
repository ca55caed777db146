import type { CommandRefusal } from '../../contract/errors.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Records } from '../../store/records.ts';
import type { Commanded, People } from '../../temporal/commands.ts';
import { onRecord } from './on-record.ts';

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

  function unlessErased<More extends unknown[], Value, Code extends CommandRefusal>(
    command: (id: SubmissionId, ...more: More) => Promise<Commanded<Value, Code>>,
  ) {
    return async (id: SubmissionId, ...more: More): Promise<Commanded<Value, Code>> => {
      const result = await command(id, ...more);
      return result.kind === 'over' && (await isErased(id)) ? { kind: 'refused', code: 'erased', details: {} } : result;
    };
  }

  async function isErased(id: SubmissionId): Promise<boolean> {
    const found = await onRecord(find(id)).catch(() => undefined);
    return found?.kind === 'erased';
  }
}
