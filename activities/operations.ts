import { heartbeat } from '@temporalio/activity';
import { hasConflict } from '../contract/committee/conflict-of-interest.ts';
import type { Person } from '../contract/committee/person.ts';
import { omitUndefined } from '../contract/omit-undefined.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { Selection } from '../contract/workflow/operation-workflows.ts';
import { sightOf } from '../store/sight.ts';
import type { Store } from '../store/store.ts';
import type { OperationCommand } from '../temporal/workflows/apply-operation.ts';
import type { Workflows } from '../temporal/workflows.ts';
import { batchSize, pages } from './pages.ts';
import { withHeartbeats } from './with-heartbeats.ts';

type Dependencies = {
  store: Pick<Store, 'ongoing' | 'messages' | 'records' | 'audit'>;
  workflows: Pick<Workflows, 'announce' | 'close'>;
};

/** `hidden`: with a conflict of interest of the organiser. They are changed too, but neither named nor counted. */
type Partition = { seen: SubmissionId[]; hidden: SubmissionId[] };

export function createOperations({ store, workflows }: Dependencies) {
  async function partition(ids: readonly SubmissionId[], person: Person): Promise<Partition> {
    const parties = await store.records.partiesOf(ids);
    const parted: Partition = { seen: [], hidden: [] };
    for (const id of ids) {
      const of = parties.get(id);
      parted[of && !hasConflict(person, of) ? 'seen' : 'hidden'].push(id);
    }
    return parted;
  }

  return {
    /**
     * Selects decided submissions that are not announced. Hidden ones are included if all are announced: the talk of the
     * only organiser must be answered too. Otherwise they are skipped like unknown ids.
     */
    async selectDecided(selection: Selection, person: Person): Promise<Partition & { skipped: number }> {
      if ('ids' in selection) {
        const { seen, hidden } = await partition(selection.ids, person);
        return { seen, hidden: [], skipped: hidden.length };
      }
      const { seen, hidden } = await partition(await store.ongoing.decided(selection), person);
      const isAll = selection.track === undefined && selection.verdict === undefined;
      return { seen, hidden: isAll ? hidden : [], skipped: 0 };
    },

    announceBatch: (ids: readonly SubmissionId[], command: OperationCommand) =>
      each(ids, (id) => workflows.announce(id, command)),

    closeBatch: (ids: readonly SubmissionId[], command: OperationCommand) =>
      each(ids, (id) => workflows.close(id, command)),

    async listOpen(person: Person): Promise<Partition> {
      const all: Partition = { seen: [], hidden: [] };
      for await (const page of pages<SubmissionId>((last) => store.ongoing.after(last, batchSize))) {
        heartbeat();
        const { seen, hidden } = await partition(page, person);
        all.seen.push(...seen);
        all.hidden.push(...hidden);
      }
      return all;
    },

    /** Counts messages to speakers: those being sent, and those that an organiser has to settle. */
    async countUndelivered(person: Person): Promise<{ waiting: number; stuck: number }> {
      const messages = await store.messages.undelivered(sightOf(person));
      const waiting = messages.filter(({ state }) => state === 'pending' || state === 'sending').length;
      return { waiting, stuck: messages.length - waiting };
    },

    recordOperation: ({ operation, by, reason }: OperationCommand, command: string, detail?: string): Promise<void> =>
      store.audit.add(
        omitUndefined({ id: `${command}:${operation}`, at: new Date().toISOString(), by, command, reason, detail }),
      ),
  };
}

async function each(ids: readonly SubmissionId[], apply: (id: SubmissionId) => Promise<boolean>) {
  const counts = { done: 0, skipped: 0 };
  return withHeartbeats(async () => {
    for (const id of ids) counts[(await apply(id)) ? 'done' : 'skipped'] += 1;
    return counts;
  });
}
