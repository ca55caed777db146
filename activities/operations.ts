import { heartbeat } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { given } from '../contract/given.ts';
import type { Selection } from '../contract/operations.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { Store } from '../store/store.ts';
import { tellAnnouncement, tellClosing } from '../temporal/tell-submission.ts';
import { pages } from './pages.ts';
import { whileBeating } from './while-beating.ts';

type Dependencies = {
  store: Pick<Store, 'decided' | 'openAfter' | 'countUndelivered' | 'audit'>;
  client: Client;
};

/** Which operation it is part of: a submission hears the same once, however often it is told. */
type Command = { operation: string; by: string; why?: string };

/** Of a list of ours. */
const batchSize = 500;

/** What announcements and closings do with submissions. */
export function createOperations({ store, client }: Dependencies) {
  return {
    /** Those that are decided, and not announced. */
    selectDecided: async (selection: Selection): Promise<SubmissionId[]> =>
      'ids' in selection ? selection.ids : store.decided(selection),

    announceThese: (ids: readonly SubmissionId[], command: Command) =>
      each(ids, (id) => tellAnnouncement(client, id, command)),

    closeThese: (ids: readonly SubmissionId[], command: Command) => each(ids, (id) => tellClosing(client, id, command)),

    async listOpen(): Promise<SubmissionId[]> {
      const all: SubmissionId[] = [];
      for await (const page of pages<SubmissionId>((last) => store.openAfter(last ?? '', batchSize))) {
        heartbeat();
        all.push(...page);
      }
      return all;
    },

    countUndelivered: () => store.countUndelivered(),

    /** Puts on record what a person has asked for, or what came of it. */
    noteOperation: ({ operation, by, why }: Command, command: string, detail?: string): Promise<void> =>
      store.audit.note(
        given({ id: `${command}:${operation}`, at: new Date().toISOString(), person: by, command, why, detail }),
      ),
  };
}

async function each(ids: readonly SubmissionId[], tell: (id: SubmissionId) => Promise<boolean>) {
  const counts = { done: 0, skipped: 0 };
  return whileBeating(async () => {
    for (const id of ids) counts[(await tell(id)) ? 'done' : 'skipped'] += 1;
    return counts;
  });
}
