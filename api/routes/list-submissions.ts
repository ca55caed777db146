import { type ListedSubmission, submissionPageSchema } from '../../contract/http/listed-submission.ts';
import { exported, exportFormats } from '../exports/exports.ts';
import { requestIdOf } from '../http/request-id.ts';
import type { Asker } from '../people/asker.ts';
import { type ListQuery, listQuery } from '../request/list-query.ts';
import { route } from '../routing/route.ts';
import { listed } from './examples.ts';
import type { OrganiserDependencies } from './organiser-dependencies.ts';

/** Filters that would reveal decisions to reviewers. */
const ofOrganisers = ['code', 'verdict', 'outcome', 'flag', 'finding'] as const;

export const listSubmissions = route(
  {
    route: 'GET /api/organiser/submissions',
    operationId: 'listSubmissions',
    who: 'reviewer',
    summary: 'List the submissions',
    description:
      'For an organiser or a reviewer; a reviewer sees the fields that the call shows, and neither decisions nor flags. The newest first, in pages that link to the next one, or all in one file. A submission is listed once moderation has recorded it, within some minutes at the latest.',
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
          errors: refused.map((name) => ({ detail: 'is only for organisers', pointer: `/${name}` })),
        });
      const { format, ...filters } = query;
      if (format === 'json') return page(asked, filters);
      return file(asked, format, filters, (err) =>
        log.error({ err, requestId: requestIdOf(c) }, 'an export was cut off'),
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

/** When a page can't be read, the response has begun: it is cut off, which the client notices. */
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
