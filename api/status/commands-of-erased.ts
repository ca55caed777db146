import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Deadline } from '../../process/deadline.ts';
import type { Store } from '../../store/store.ts';
import type { Commanded, CommandOptions, People } from '../../temporal/commands.ts';
import { readRecord } from './read-record.ts';

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

  function unlessErased<Argument, Value>(
    command: (id: SubmissionId, argument: Argument, options: CommandOptions) => Promise<Commanded<Value>>,
  ) {
    return async (id: SubmissionId, argument: Argument, options: CommandOptions): Promise<Commanded<Value>> => {
      const result = await command(id, argument, options);
      const isErased = result.kind === 'over' && (await readErased(id, options.deadline));
      return isErased ? { kind: 'refused', code: 'erased', details: {} } : result;
    };
  }

  async function readErased(id: SubmissionId, deadline: Deadline): Promise<boolean> {
    const found = await readRecord(find(id), deadline).catch(() => undefined);
    return found?.kind === 'erased';
  }
}
