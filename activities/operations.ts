import { heartbeat } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { hasConflict } from '../contract/committee/conflict-of-interest.ts';
import type { Person } from '../contract/committee/person.ts';
import { omitUndefined } from '../contract/omit-undefined.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { Selection } from '../contract/workflow/operation-workflows.ts';
import { sightOf } from '../store/sight.ts';
import type { Store } from '../store/store.ts';
import { tellAnnouncement, tellClosing } from '../temporal/tell-submission.ts';
import { pages } from './pages.ts';
import { whileBeating } from './while-beating.ts';

type Dependencies = {
  store: Pick<Store, 'ongoing' | 'messages' | 'records' | 'audit'>;
  client: Client;
};

/** Those that a person may see; and those that are reached all the same, and neither named nor counted. */
type Parted = { seen: SubmissionId[]; hidden: SubmissionId[] };

/** Which operation it is part of: a submission hears the same once, however often it is told. */
type Command = { operation: string; by: string; reason?: string };

/** Of a list of ours. */
const batchSize = 500;

/** What announcements and closings do with submissions. */
export function createOperations({ store, client }: Dependencies) {
  async function part(ids: readonly SubmissionId[], person: Person): Promise<Parted> {
    const parties = await store.records.partiesOf(ids);
    const parted: Parted = { seen: [], hidden: [] };
    for (const id of ids) {
      const of = parties.get(id);
      parted[of && !hasConflict(person, of) ? 'seen' : 'hidden'].push(id);
    }
    return parted;
  }

  return {
    /**
     * Those that are decided, and not announced. An act on all of them reaches hidden ones too: else the talk of an only
     * organiser would never be answered. One that names or filters doesn't, and passes them over as it does unknown ones.
     */
    async selectDecided(selection: Selection, person: Person): Promise<Parted & { skipped: number }> {
      if ('ids' in selection) {
        const { seen, hidden } = await part(selection.ids, person);
        return { seen, hidden: [], skipped: hidden.length };
      }
      const { seen, hidden } = await part(await store.ongoing.decided(selection), person);
      const isAll = selection.track === undefined && selection.verdict === undefined;
      return { seen, hidden: isAll ? hidden : [], skipped: 0 };
    },

    announceThese: (ids: readonly SubmissionId[], command: Command) =>
      each(ids, (id) => tellAnnouncement(client, id, command)),

    closeThese: (ids: readonly SubmissionId[], command: Command) => each(ids, (id) => tellClosing(client, id, command)),

    async listOpen(person: Person): Promise<Parted> {
      const all: Parted = { seen: [], hidden: [] };
      for await (const page of pages<SubmissionId>((last) => store.ongoing.after(last, batchSize))) {
        heartbeat();
        const { seen, hidden } = await part(page, person);
        all.seen.push(...seen);
        all.hidden.push(...hidden);
      }
      return all;
    },

    /** How many answers to speakers are on their way, and how many wait for a person, of those that this one may see. */
    async countUndelivered(person: Person): Promise<{ waiting: number; stuck: number }> {
      const messages = await store.messages.undelivered(sightOf(person));
      const waiting = messages.filter(({ state }) => state === 'pending' || state === 'sending').length;
      return { waiting, stuck: messages.length - waiting };
    },

    /** Puts on record what a person has asked for, or what came of it. */
    noteOperation: ({ operation, by, reason }: Command, command: string, detail?: string): Promise<void> =>
      store.audit.add(
        omitUndefined({ id: `${command}:${operation}`, at: new Date().toISOString(), by, command, reason, detail }),
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
