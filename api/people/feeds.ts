import { omitUndefined } from '../../contract/omit-undefined.ts';
import { parseChangeNumber } from '../../store/change-number.ts';
import { sightOf } from '../../store/sight.ts';
import type { Store } from '../../store/store.ts';
import type { Asker } from './asker.ts';
import type { Cursors } from './cursors.ts';
import type { View } from './view.ts';

export type FeedDependencies = {
  store: Pick<Store, 'changes' | 'announcements' | 'audit' | 'list'>;
  view: View;
  cursors: Cursors;
};

const pageSize = 100;

/** Feeds for other programs, as one person sees them. The numbers of changes are global, and never shown. */
export function createFeeds({ store, view, cursors }: FeedDependencies) {
  return {
    async changes({ person, refuse }: Asker<'invalid-query'>, since: string | undefined) {
      const scope = { person, list: 'changes', parameter: 'since' };
      const from = since === undefined ? undefined : parseChangeNumber(cursors.open(scope, since, refuse));
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
        next: cursors.seal(scope, paddedNumber(changes.at(-1)?.number ?? from ?? 0)),
        hasMore: found.length > pageSize,
      };
    },

    /** The first announcement after a position, if there is one, and the next position. Without one: from now on. */
    async announced({ person, refuse }: Asker<'invalid-query'>, position: string | undefined) {
      const scope = { person, list: 'announced', parameter: 'triggerState' };
      const sight = sightOf(person);
      const from =
        position === undefined
          ? await store.announcements.last(sight)
          : parseChangeNumber(cursors.open(scope, position, refuse));
      const next = position === undefined ? undefined : await store.announcements.after(from, sight);
      if (next === undefined) return { state: cursors.seal(scope, paddedNumber(from ?? 0)), hasMore: false };
      const { number, outcome, announced_at: announcedAt, hasMore, submission, state } = next;
      const flags = (await store.list.flagsOf([state.id], sight)).get(state.id) ?? [];
      const item = { outcome, announcedAt, submission: view.listed(person, { submission, state, flags }) };
      return { state: cursors.seal(scope, paddedNumber(number)), hasMore, item };
    },

    async commands({ person, refuse }: Asker<'invalid-query'>, after: string | undefined) {
      const scope = { person, list: 'audit', parameter: 'after' };
      const from = after === undefined ? undefined : parseChangeNumber(cursors.open(scope, after, refuse));
      const found = await store.audit.after(from, pageSize + 1, sightOf(person));
      const rows = found.slice(0, pageSize);
      return {
        items: rows.map(({ at, by, command, submission_id, reason, detail }) =>
          omitUndefined({
            at,
            by,
            command,
            submission: submission_id ?? undefined,
            reason: reason ?? undefined,
            detail: detail ?? undefined,
          }),
        ),
        next: cursors.seal(scope, paddedNumber(rows.at(-1)?.number ?? from ?? 0)),
        hasMore: found.length > pageSize,
      };
    },
  };
}

/** Padded, since the length of a cursor would reveal that of the number. */
function paddedNumber(number: number): string {
  return String(number).padStart(10, '0');
}
