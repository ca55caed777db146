import { type Context, Hono } from 'hono';
import type { Logger } from 'pino';
import type { ListedSubmission } from '../../contract/listed-submission.ts';
import type { Listed } from '../../store/list.ts';
import type { Store } from '../../store/store.ts';
import { answerTagged } from '../answer-tagged.ts';
import { available } from '../available.ts';
import { exported, exportFormats, exportPageSize } from '../exports.ts';
import { type ListQuery, listQuery, writeCursor } from '../list-query.ts';
import type { Only, WithPerson } from '../only.ts';
import type { PossibleConflicts } from '../possible-conflicts.ts';
import { readQuery } from '../read-query.ts';
import { Refusal } from '../refusal.ts';
import type { View } from '../view.ts';

export type ListDependencies = {
  only: Only;
  view: View;
  publicUrl: string;
  store: Pick<Store, 'page'>;
  possibleConflicts: PossibleConflicts;
  log: Pick<Logger, 'error'>;
};

/** What a reviewer could learn a decision by. */
const ofOrganisers = ['verdict', 'outcome', 'flag'] as const;

/** The submissions as the people see them who work on them: in pages, or all in one file. */
export function listSubmissionsRoute(dependencies: ListDependencies) {
  const { publicUrl, only, view, store, possibleConflicts, log } = dependencies;
  return new Hono<WithPerson>().get('/', only('reviewer'), async (c) => {
    const query = readQuery(c, listQuery);
    const refused = ofOrganisers.filter((name) => query[name] !== undefined);
    if (c.var.person.role !== 'organiser' && refused.length > 0)
      throw new Refusal('invalid-query', {
        errors: refused.map((name) => ({ detail: 'is for organisers', pointer: `/${name}` })),
      });
    return query.format === 'json' ? page(c, query) : file(c, query.format, query);
  });

  async function page(c: Context<WithPerson>, { limit, cursor, format: _, ...filters }: ListQuery): Promise<Response> {
    const { items, next } = await available(store.page(filters, limit, cursor));
    const url = next && urlOf({ ...filters, limit: String(limit), cursor: writeCursor(next) });
    if (url) c.header('Link', `<${url}>; rel="next"`);
    const content = { items: await available(seen(c, items)), next: url };
    return answerTagged(c, JSON.stringify(content));
  }

  async function file(
    c: Context<WithPerson>,
    format: Exclude<ListQuery['format'], 'json'>,
    { cursor, limit: _, format: __, ...filters }: ListQuery,
  ): Promise<Response> {
    const { type, extension, head, rows } = exportFormats[format];
    // Before the answer begins, so that a database out of reach is a 503, and not half a file.
    const first = await available(store.page(filters, exportPageSize, cursor));
    // As it is streamed, nobody knows its bytes before: it has no tag.
    c.header('Cache-Control', 'private, no-cache');
    c.header('Content-Type', type);
    c.header('Content-Disposition', `attachment; filename="submissions.${extension}"`);
    return c.body(exported({ head, rows }, pages(first)));

    async function* pages({ items, next }: typeof first): AsyncGenerator<ListedSubmission[]> {
      try {
        yield await seen(c, items);
        for (let at = next; at; ) {
          const more = await store.page(filters, exportPageSize, at);
          yield await seen(c, more.items);
          at = more.next;
        }
      } catch (error) {
        // The answer is under way: its content breaks off, which the client sees.
        log.error({ err: error, requestId: c.get('requestId') }, 'a file broke off');
        throw error;
      }
    }
  }

  /** Without those that the person has to keep away from. */
  async function seen({ var: { person } }: Context<WithPerson>, items: readonly Listed[]): Promise<ListedSubmission[]> {
    const found = await possibleConflicts(person, items);
    return items.flatMap(
      (item) => view.listed(person, { ...item, possibleConflicts: found.get(item.state.id) ?? [] }) ?? [],
    );
  }

  function urlOf(query: Record<string, string | undefined>): string {
    const url = new URL(`${publicUrl}/api/organiser/submissions`);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
    return url.href;
  }
}
