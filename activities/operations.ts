import { log } from '@temporalio/activity';
import pLimit from 'p-limit';
import type { Person } from '../contract/committee/person.ts';
import { omitUndefined } from '../contract/omit-undefined.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { Selection } from '../contract/workflow/operation-workflows.ts';
import { sightOf } from '../store/sight.ts';
import type { Store } from '../store/store.ts';
import type { Applied, OperationCommand } from '../temporal/workflows/apply-operation.ts';
import type { Workflows } from '../temporal/workflows.ts';
import { openSubmissions } from './operations/open-submissions.ts';
import { type Partition, partition } from './operations/partition.ts';
import { selectDecided } from './operations/select-decided.ts';
import { withHeartbeats } from './with-heartbeats.ts';

type Dependencies = {
  store: Pick<Store, 'ongoing' | 'messages' | 'records' | 'audit' | 'reconciliation'>;
  workflows: Pick<Workflows, 'announce' | 'close' | 'list' | 'awaitedBy' | 'recordOf' | 'startOf' | 'wakeDelivery'>;
};

/** `stuck`: to be tried again. */
export type BatchResult = { done: number; skipped: number; stuck: SubmissionId[] };

/** Open submissions: how many, and the first of them, so that a check adds little to the history. */
export type LeftOpen = { count: number; first: SubmissionId[] };

const mostFirst = 100;

/**
 * Submissions asked at a time. On two cores as many are done in a second with 4 as with 8 or 16, and the command of a person,
 * whose task has the same priority, waits half as long as with 8.
 */
const atATime = 4;

export function createOperations(dependencies: Dependencies) {
  const { store, workflows } = dependencies;

  return {
    /**
     * Selects decided submissions that are not announced. Hidden ones are included if all are announced: the talk of the
     * only organiser must be answered too. Otherwise they are skipped like unknown ids.
     */
    selectDecided: (
      selection: Selection,
      person: Person,
    ): Promise<Partition & { skipped: number; unread: SubmissionId[] }> =>
      withHeartbeats(async () => {
        if ('ids' in selection) {
          const { seen, hidden } = await partition(dependencies, selection.ids, person);
          return { seen, hidden: [], skipped: hidden.length, unread: [] };
        }
        const { decided, unread } = await selectDecided(dependencies, selection);
        const { seen, hidden } = await partition(dependencies, decided, person);
        const isAll = selection.track === undefined && selection.verdict === undefined;
        const { seen: unreadSeen } = await partition(dependencies, unread, person);
        return { seen, hidden: isAll ? hidden : [], skipped: 0, unread: unreadSeen };
      }),

    announceBatch: (ids: readonly SubmissionId[], command: OperationCommand): Promise<BatchResult> =>
      together(ids, (id) => workflows.announce(id, command)),

    closeBatch: (ids: readonly SubmissionId[], command: OperationCommand): Promise<BatchResult> =>
      together(ids, (id) => workflows.close(id, command)),

    /** All that is to be closed, with those whose workflow runs although they are over by their record. */
    listOpen: (person: Person): Promise<Partition> =>
      withHeartbeats(async () => {
        const { recorded, unrecorded, overOnRecord } = await openSubmissions(dependencies);
        return partition(dependencies, [...recorded.map(({ id }) => id), ...unrecorded, ...overOnRecord], person);
      }),

    leftOpen: (person: Person, part: keyof Partition): Promise<LeftOpen> =>
      withHeartbeats(async () => {
        const { recorded, unrecorded } = await openSubmissions(dependencies);
        const ids = [...recorded.map(({ id }) => id), ...unrecorded];
        const { [part]: left } = await partition(dependencies, ids, person);
        return { count: left.length, first: left.slice(0, mostFirst) };
      }),

    /**
     * Has what is held sent, one letter to each address. @param since when the closing began to
     * @returns that instant, by the clock of the ledger
     */
    sendHeld: (since = new Date().toISOString()): Promise<string> =>
      withHeartbeats(async () => {
        const ids = await store.messages.sendHeld(since);
        await pLimit(atATime).map(ids, (id) => workflows.wakeDelivery(id));
        return since;
      }),

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

    /** For those who may see them; an operation's document doesn't count hidden ones. */
    async recordStuck(ids: readonly SubmissionId[], { operation, by }: OperationCommand): Promise<void> {
      for (const submission of ids) {
        log.warn('an operation has left a submission that is stuck', { submission, operation });
        const at = new Date().toISOString();
        await store.audit.add({ id: `stuck:${operation}:${submission}`, at, by, command: 'leave-stuck', submission });
      }
    },
  };

  /** Some at the same time, so that those that don't answer take the time of a few. */
  async function together(
    ids: readonly SubmissionId[],
    apply: (id: SubmissionId) => Promise<Applied>,
  ): Promise<BatchResult> {
    const inTurn = pLimit(atATime);
    const applied = await withHeartbeats(() => inTurn.map(ids, async (id) => known(id, await apply(id))));
    const of = (wanted: Applied) => ids.filter((_, at) => applied[at] === wanted);
    return { done: of('done').length, skipped: of('skipped').length, stuck: of('stuck') };
  }

  /** Temporal deletes what has ended; an open submission has lost its workflow. */
  async function known(id: SubmissionId, applied: Applied): Promise<Applied> {
    if (applied !== 'missing') return applied;
    const found = await store.records.find(id);
    return found.kind === 'found' && !found.isOver ? 'stuck' : 'skipped';
  }
}
