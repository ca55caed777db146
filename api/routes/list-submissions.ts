import { type ListedSubmission, submissionPageSchema } from '../../contract/http/listed-submission.ts';
import { exported, exportFormats } from '../exports/exports.ts';
import type { Asker } from '../people/asker.ts';
import { type ListQuery, listQuery } from '../request/list-query.ts';
import { route } from '../routing/route.ts';
import { listed } from './examples.ts';
import type { OrganiserDependencies } from './organiser-dependencies.ts';

/** What a reviewer could learn a decision by. */
const ofOrganisers = ['verdict', 'outcome', 'flag', 'finding'] as const;

/** The submissions as the people see them who work on them: in pages, or all in one file. */
export const listSubmissions = route(
  {
    route: 'GET /api/organiser/submissions',
    operationId: 'listSubmissions',
    who: 'reviewer',
    summary: 'List the submissions',
    description:
      'For an organiser; or a reviewer, who sees what the call shows, and neither decisions nor flags. The newest first, in pages, each of which says where the next one is; or all in one file. A submission is listed when its moderation has begun to keep it, within some minutes at the latest.',
    takes: { query: listQuery },
    gives: {
      200: {
        description: 'A page, or a file',
        body: { SubmissionPage: submissionPageSchema },
        files: { 'application/jsonl': {}, 'text/csv': {} },
        headers: { Link: 'NextPage', 'Content-Disposition': 'ContentDisposition' },
        example: { items: [listed] },
      },
      304: { headers: { Link: 'NextPage' } },
    },
  },
  ({ publicUrl, gate, log }: OrganiserDependencies) => {
    return async (asked) => {
      const { c, person, query, refuse } = asked;
      const refused = ofOrganisers.filter((name) => query[name] !== undefined);
      if (person.role !== 'organiser' && refused.length > 0)
        return refuse('invalid-query', {
          errors: refused.map((name) => ({ detail: 'is for organisers', pointer: `/${name}` })),
        });
      const { format, ...filters } = query;
      if (format === 'json') return page(asked, filters);
      return file(asked, format, filters, (err) =>
        log.error({ err, requestId: c.get('requestId') }, 'a file broke off'),
      );
    };

    async function page(asker: Asker<'invalid-query'>, { limit, cursor, ...filters }: Omit<ListQuery, 'format'>) {
      const { items, next } = await gate.page(asker, { filters, limit, cursor });
      const url = next && urlOf({ ...filters, limit: String(limit), cursor: next });
      return url
        ? { status: 200 as const, body: { items, next: url }, headers: { Link: `<${url}>; rel="next"` } }
        : { status: 200 as const, body: { items }, headers: {} };
    }

    async function file(
      asker: Asker<'invalid-query'>,
      format: Exclude<ListQuery['format'], 'json'>,
      { cursor, limit: _, ...filters }: Omit<ListQuery, 'format'>,
      onBreak: (error: unknown) => void,
    ) {
      const { type, extension, head, rows } = exportFormats[format];
      const pages = await gate.file(asker, { filters, cursor });
      return {
        status: 200 as const,
        file: { type, content: exported({ head, rows }, reported(pages, onBreak)) },
        headers: { 'Content-Disposition': `attachment; filename="submissions.${extension}"` },
      };
    }

    function urlOf(query: Record<string, string | undefined>): string {
      const url = new URL(`${publicUrl}/api/organiser/submissions`);
      for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
      return url.href;
    }
  },
);

/** The answer is under way when a page can't be read: its content breaks off, which the client sees. */
async function* reported(
  pages: AsyncIterable<ListedSubmission[]>,
  onBreak: (error: unknown) => void,
): AsyncGenerator<ListedSubmission[]> {
  try {
    yield* pages;
  } catch (error) {
    onBreak(error);
    throw error;
  }
}
