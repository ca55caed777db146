import type { Person } from '../../contract/committee/person.ts';
import { sightOf } from '../../store/sight.ts';
import type { Store } from '../../store/store.ts';
import type { Cursors } from './cursors.ts';
import type { View } from './view.ts';

export type FeedDependencies = {
  store: Pick<Store, 'changes' | 'announcements' | 'audit' | 'list'>;
  view: View;
  cursors: Cursors;
};

const pageSize = 100;

/** What other programs follow, as one person sees it: the numbers of changes are the same for all, and told to nobody. */
export function createFeeds({ store, view, cursors }: FeedDependencies) {
  return {
    async changes(person: Person, since: string | undefined) {
      const scope = { person, list: 'changes', parameter: 'since' };
      const from = since === undefined ? 0 : Number(cursors.open(scope, since));
      const sight = sightOf(person);
      const found = await store.changes.after(from, pageSize + 1, sight);
      const changes = found.slice(0, pageSize);
      const flags = await store.list.flagsOf(
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
    async announced(person: Person, place: string | undefined) {
      const scope = { person, list: 'announced', parameter: 'triggerState' };
      const sight = sightOf(person);
      const from = place === undefined ? await store.announcements.last(sight) : Number(cursors.open(scope, place));
      const next = place === undefined ? undefined : await store.announcements.after(from, sight);
      if (next === undefined) return { state: cursors.seal(scope, placeOf(from)), hasMore: false };
      const { number, outcome, announced_at: announcedAt, hasMore, submission, state } = next;
      const flags = (await store.list.flagsOf([state.id], sight)).get(state.id) ?? [];
      const item = { outcome, announcedAt, submission: view.listed(person, { submission, state, flags }) };
      return { state: cursors.seal(scope, placeOf(number)), hasMore, item };
    },

    async commands(person: Person, after: string | undefined) {
      const scope = { person, list: 'audit', parameter: 'after' };
      const from = after === undefined ? '0_' : cursors.open(scope, after);
      const [number, id] = [Number(from.split('_')[0]), from.slice(from.indexOf('_') + 1)];
      const found = await store.audit.after(number, id, pageSize + 1, sightOf(person));
      const rows = found.slice(0, pageSize);
      const last = rows.at(-1);
      return {
        items: rows.map(({ id: _, number: __, submission_id: submission, ...row }) =>
          withoutNull({ ...row, submission }),
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

function withoutNull(row: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}
