/** The submissions as organisers see them: lists, files, and their erasure. */
import { type Context, Hono } from 'hono';
import type { Logger } from 'pino';
import type { Erasure } from '../../contract/erasure.ts';
import type { ListedSubmission } from '../../contract/listed-submission.ts';
import { parseSubmissionId, type SubmissionId } from '../../contract/submission-id.ts';
import type { Listed } from '../../store/list.ts';
import type { Store } from '../../store/store.ts';
import { isUnreachable } from '../../store/unreachable.ts';
import { answerSized } from '../answer-sized.ts';
import { exported, exportFormats, exportPageSize } from '../exports.ts';
import { type ListQuery, readListQuery, writeCursor } from '../list-query.ts';
import { Refusal } from '../refusal.ts';
import type { StatusReader } from '../status-reader.ts';
import type { Submissions } from '../submissions.ts';
import type { Watchers } from '../watchers.ts';

/** Seconds: as often as Temporal is asked. */
const reconcilePace = 300;

export type OrganiserSubmissionsDependencies = {
  publicUrl: string;
  store: Pick<Store, 'find' | 'page' | 'erase' | 'finish'>;
  submissions: Pick<Submissions, 'forget'>;
  reader: StatusReader;
  watchers: Watchers;
  log: Pick<Logger, 'error'>;
  now: () => Date;
};

export function organiserSubmissionRoutes({
  publicUrl,
  store,
  submissions,
  reader,
  watchers,
  log,
  now,
}: OrganiserSubmissionsDependencies) {
  return new Hono()
    .get('/', async (c) => {
      const query = readListQuery(c.req.queries());
      c.header('Cache-Control', 'private, no-cache');
      return query.format === 'json' ? page(c, query) : file(c, query.format, query);
    })
    .delete('/:id', async (c) => {
      const id = parseSubmissionId(c.req.param('id'));
      if (id === undefined) throw new Refusal('not-found');
      await assertThere(id);
      await available(store.erase(id, now().toISOString()));
      reader.forget(id);
      watchers.tell(id, { kind: 'erased' });
      c.header('Cache-Control', 'no-store');
      const state = (await isForgotten(id)) ? 'erased' : 'erasing';
      if (state === 'erasing') c.header('Retry-After', String(reconcilePace));
      const erasure = { id, state } satisfies Erasure;
      return answerSized(c, state === 'erased' ? 200 : 202, 'application/json', JSON.stringify(erasure));
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

  /** @throws Refusal where there is nothing to erase */
  async function assertThere(id: SubmissionId): Promise<void> {
    const record = await available(store.find(id));
    if (record.kind !== 'unknown') return;
    // It may be on record soon.
    const reading = await reader.read(id);
    if (reading.kind === 'unknown') throw new Refusal('not-found');
    if (reading.kind === 'no-answer') throw new Refusal('temporarily-unavailable', {}, { cause: reading.cause });
  }

  /** Whether nothing of it is left in Temporal either. If not, the reconciler goes on with it. */
  async function isForgotten(id: SubmissionId): Promise<boolean> {
    try {
      await submissions.forget(id);
      await store.finish(id, now().toISOString());
      return true;
    } catch (error) {
      log.error({ err: error }, 'Temporal has not erased a submission yet');
      return false;
    }
  }
}

function asListed({ submission, state, flags }: Listed): ListedSubmission {
  const { id, createdAt, lastUpdatedAt, stage, conclusion, verdicts } = state;
  return { id, createdAt, lastUpdatedAt, stage, outcome: conclusion?.kind, verdicts, flags, submission };
}

/** @throws Refusal while the database is out of reach */
async function available<Value>(answer: Promise<Value>): Promise<Value> {
  try {
    return await answer;
  } catch (cause) {
    throw isUnreachable(cause) ? new Refusal('temporarily-unavailable', {}, { cause }) : cause;
  }
}
