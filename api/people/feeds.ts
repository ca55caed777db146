import { given } from '../../contract/given.ts';
import type { Person } from '../../contract/person.ts';
import { sightOf } from '../../store/sight.ts';
import type { Store } from '../../store/store.ts';
import type { Refuse } from '../http/refusal.ts';
import type { Cursors } from './cursors.ts';
import type { View } from './view.ts';

export type FeedDependencies = {
  store: Pick<Store, 'changesAfter' | 'lastAnnounced' | 'announcedAfter' | 'audit' | 'flagsOf'>;
  view: View;
  cursors: Cursors;
};

const pageSize = 100;

/** What other programs follow, as one person sees it: the numbers of changes are the same for all, and told to nobody. */
export function createFeeds({ store, view, cursors }: FeedDependencies) {
  return {
    async changes(person: Person, since: string | undefined, refuse: Refuse<'invalid-query'>) {
      const scope = { person, list: 'changes', parameter: 'since' };
      const from = since === undefined ? 0 : Number(cursors.open(scope, since, refuse));
      const sight = sightOf(person);
      const found = await store.changesAfter(from, pageSize + 1, sight);
      const changes = found.slice(0, pageSize);
      const flags = await store.flagsOf(
        changes.map(({ id }) => id),
        sight,
      );
      return {
        items: changes.map((change) => {
          const { id, kind } = change;
          if (change.kind === 'erased') return { id, kind };
          return { id, kind, submission: view.listed(person, { ...change, flags: flags.get(id) ?? [] }) };
        }),
        next: cursors.seal(scope, placeOf(changes.at(-1)?.number ?? from)),
        hasMore: found.length > pageSize,
      };
    },

    /** The first announcement after a place, if there is one, and the place to go on from. Without a place: from now on. */
    async announced(person: Person, place: string | undefined, refuse: Refuse<'invalid-query'>) {
      const scope = { person, list: 'announced', parameter: 'triggerState' };
      const sight = sightOf(person);
      const from = place === undefined ? await store.lastAnnounced(sight) : Number(cursors.open(scope, place, refuse));
      const next = place === undefined ? undefined : await store.announcedAfter(from, sight);
      if (next === undefined) return { state: cursors.seal(scope, placeOf(from)), hasMore: false };
      const { number, outcome, announced_at: announcedAt, hasMore, submission, state } = next;
      const flags = (await store.flagsOf([state.id], sight)).get(state.id) ?? [];
      const item = { outcome, announcedAt, submission: view.listed(person, { submission, state, flags }) };
      return { state: cursors.seal(scope, placeOf(number)), hasMore, item };
    },

    async commands(person: Person, after: string | undefined, refuse: Refuse<'invalid-query'>) {
      const scope = { person, list: 'audit', parameter: 'after' };
      const from = after === undefined ? '0_' : cursors.open(scope, after, refuse);
      const [number, id] = [Number(from.split('_')[0]), from.slice(from.indexOf('_') + 1)];
      const found = await store.audit.commandsAfter(number, id, pageSize + 1, sightOf(person));
      const rows = found.slice(0, pageSize);
      const last = rows.at(-1);
      return {
        items: rows.map(({ at, person, command, submission_id, why, detail }) =>
          given({
            ...{ at, person, command },
            submission: submission_id ?? undefined,
            why: why ?? undefined,
            detail: detail ?? undefined,
          }),
        ),
        next: cursors.seal(scope, last ? `${placeOf(last.number)}_${last.id}` : from),
        hasMore: found.length > pageSize,
      };
    },
  };
}

/** Of one length, since the length of a cursor would tell that of the number. */
function placeOf(number: number): string {
  return String(number).padStart(10, '0');
}
