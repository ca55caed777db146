import { type Context, Hono } from 'hono';
import type { Logger } from 'pino';
import type { ListedSubmission } from '../../contract/http/listed-submission.ts';
import { exported, exportFormats } from '../exports/exports.ts';
import { answerTagged } from '../http/answer-tagged.ts';
import { Refusal } from '../http/refusal.ts';
import type { Gate } from '../people/gate.ts';
import type { Only, WithPerson } from '../people/only.ts';
import { type ListQuery, listQuery } from '../request/list-query.ts';
import { readQuery } from '../request/read-query.ts';

export type ListDependencies = {
  only: Only;
  gate: Pick<Gate, 'page' | 'file'>;
  publicUrl: string;
  log: Pick<Logger, 'error'>;
};

/** What a reviewer could learn a decision by. */
const ofOrganisers = ['verdict', 'outcome', 'flag', 'finding'] as const;

/** The submissions as the people see them who work on them: in pages, or all in one file. */
export function listSubmissionsRoute({ publicUrl, only, gate, log }: ListDependencies) {
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
    const { items, next } = await gate.page(c.var.person, { filters, limit, cursor });
    const url = next && urlOf({ ...filters, limit: String(limit), cursor: next });
    if (url) c.header('Link', `<${url}>; rel="next"`);
    return answerTagged(c, JSON.stringify({ items, next: url }));
  }

  async function file(
    c: Context<WithPerson>,
    format: Exclude<ListQuery['format'], 'json'>,
    { cursor, limit: _, format: __, ...filters }: ListQuery,
  ): Promise<Response> {
    const { type, extension, head, rows } = exportFormats[format];
    const pages = await gate.file(c.var.person, { filters, cursor });
    // As it is streamed, nobody knows its bytes before: it has no tag.
    c.header('Cache-Control', 'private, no-cache');
    c.header('Content-Type', type);
    c.header('Content-Disposition', `attachment; filename="submissions.${extension}"`);
    return c.body(exported({ head, rows }, logged(pages)));

    async function* logged(all: typeof pages): AsyncGenerator<ListedSubmission[]> {
      try {
        yield* all;
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
