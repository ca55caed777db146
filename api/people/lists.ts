import type { Person } from '../../contract/committee/person.ts';
import type { ListedSubmission } from '../../contract/http/listed-submission.ts';
import { parseSubmissionId } from '../../contract/submission-id.ts';
import type { Filters, Position } from '../../store/list/filters.ts';
import type { Page } from '../../store/list/list.ts';
import { sightOf } from '../../store/sight.ts';
import type { Store } from '../../store/store.ts';
import type { Asker } from './asker.ts';
import type { Cursors } from './cursors.ts';
import type { PossibleConflicts } from './possible-conflicts.ts';
import type { View } from './view.ts';

export type ListDependencies = {
  store: Pick<Store, 'list'>;
  view: View;
  cursors: Cursors;
  possibleConflicts: PossibleConflicts;
};

/** Rows of an export read per query: few enough for many exports at once. */
const filePageSize = 500;

/** Lists of submissions, as one person sees them: hidden ones leave no gap, and are in no cursor. */
export function createLists({ store, view, cursors, possibleConflicts }: ListDependencies) {
  return {
    async page(
      { person, refuse }: Asker<'invalid-query'>,
      { filters, limit, cursor }: { filters: Filters; limit: number; cursor?: string | undefined },
    ) {
      const scope = scopeOf(person, filters);
      const { items, next } = await store.list.page(filters, limit, sightOf(person), positionOf(scope, cursor, refuse));
      return {
        items: await seen(person, items),
        next: next && cursors.seal(scope, `${next.createdAt}_${next.id}`),
      };
    },

    /** All submissions, page by page. The first page is read at once, so that a database out of reach gives no half file. */
    async file(
      { person, refuse }: Asker<'invalid-query'>,
      { filters, cursor }: { filters: Filters; cursor?: string | undefined },
    ) {
      const after = positionOf(scopeOf(person, filters), cursor, refuse);
      const first = await store.list.page(filters, filePageSize, sightOf(person), after);
      return pages(person, filters, first);
    },
  };

  async function* pages(person: Person, filters: Filters, first: Page): AsyncGenerator<ListedSubmission[]> {
    yield await seen(person, first.items);
    for (let at = first.next; at; ) {
      const { items, next } = await store.list.page(filters, filePageSize, sightOf(person), at);
      yield await seen(person, items);
      at = next;
    }
  }

  function positionOf(
    scope: ReturnType<typeof scopeOf>,
    cursor: string | undefined,
    refuse: Asker<'invalid-query'>['refuse'],
  ): Position | undefined {
    if (cursor === undefined) return undefined;
    const [createdAt = '', text = ''] = cursors.open(scope, cursor, refuse).split('_');
    const id = parseSubmissionId(text);
    return id && { createdAt, id };
  }

  async function seen(person: Person, items: Page['items']): Promise<ListedSubmission[]> {
    const found = await possibleConflicts(person, items);
    return items.map((item) => view.listed(person, { ...item, possibleConflicts: found.get(item.state.id) ?? [] }));
  }
}

function scopeOf(person: Person, filters: Filters) {
  return { person, list: 'submissions', parameter: 'cursor', filters };
}
