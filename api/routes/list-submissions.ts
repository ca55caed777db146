import { type Context, Hono } from 'hono';
import type { Logger } from 'pino';
import type { ListedSubmission } from '../../contract/listed-submission.ts';
import type { Listed } from '../../store/list.ts';
import type { Store } from '../../store/store.ts';
import { answerSized } from '../answer-sized.ts';
import { available } from '../available.ts';
import { exported, exportFormats, exportPageSize } from '../exports.ts';
import { type ListQuery, readListQuery, writeCursor } from '../list-query.ts';

export type ListDependencies = {
  publicUrl: string;
  store: Pick<Store, 'page'>;
  log: Pick<Logger, 'error'>;
};

/** The submissions as organisers see them: in pages, or all in one file. */
export function listSubmissionsRoute({ publicUrl, store, log }: ListDependencies) {
  return new Hono().get('/', async (c) => {
    const query = readListQuery(c.req.queries());
    c.header('Cache-Control', 'private, no-cache');
    return query.format === 'json' ? page(c, query) : file(c, query.format, query);
  });

  async function page(c: Context, { limit, cursor, format: _, ...filters }: ListQuery): Promise<Response> {
    const { items, next } = await available(store.page(filters, limit, cursor));
    const url = next && urlOf({ ...filters, limit: String(limit), cursor: writeCursor(next) });
    if (url) c.header('Link', `<${url}>; rel="next"`);
    return answerSized(c, 200, 'application/json', JSON.stringify({ items: items.map(asListed), next: url }));
  }

  async function file(
    c: Context,
    format: Exclude<ListQuery['format'], 'json'>,
    { cursor, limit: _, format: __, ...filters }: ListQuery,
  ): Promise<Response> {
    const { type, extension, head, rows } = exportFormats[format];
    // Before the answer begins, so that a database out of reach is a 503, and not half a file.
    const first = await available(store.page(filters, exportPageSize, cursor));
    c.header('Content-Type', type);
    c.header('Content-Disposition', `attachment; filename="submissions.${extension}"`);
    return c.body(exported({ head, rows }, pages(first)));

    async function* pages({ items, next }: typeof first): AsyncGenerator<ListedSubmission[]> {
      try {
        yield items.map(asListed);
        for (let at = next; at; ) {
          const more = await store.page(filters, exportPageSize, at);
          yield more.items.map(asListed);
          at = more.next;
        }
      } catch (error) {
        // The answer is under way: its content breaks off, which the client sees.
        log.error({ err: error, requestId: c.get('requestId') }, 'a file broke off');
        throw error;
      }
    }
  }

  function urlOf(query: Record<string, string | undefined>): string {
    const url = new URL(`${publicUrl}/api/organiser/submissions`);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
    return url.href;
  }
}

function asListed({ submission, state, flags }: Listed): ListedSubmission {
  const { id, createdAt, lastUpdatedAt, stage, conclusion, verdicts } = state;
  return { id, createdAt, lastUpdatedAt, stage, outcome: conclusion?.kind, verdicts, flags, submission };
}
