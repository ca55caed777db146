import { parseSubmissionId } from '../../../contract/submission-id.ts';
import { Refusal } from '../../http/refusal.ts';
import { Frame } from '../frame/frame.tsx';
import type { PageDependencies } from '../page-dependencies.ts';
import { html, type Page } from '../routing/page.ts';

/** The page of a submission, the same for all: its script fetches what it shows. */
export function submissionPage({ site, call }: PageDependencies): Page {
  const title = 'Your submission';
  const answer = html(
    <Frame site={site} title={title} scripts={['submission/submission.browser.js']}>
      <h1>{title}</h1>
      <p id="status" role="status">
        …
      </p>
      <p id="detail" />
      <p id="actions" data-cancel-until={call.attendance?.cancelUntil ?? ''} />
      <noscript>This page needs JavaScript.</noscript>
    </Frame>,
    { cache: 'public, max-age=300' },
  );
  return {
    path: '/submissions/:id',
    get: (c) => {
      if (parseSubmissionId(c.req.param('id') ?? '') === undefined) throw new Refusal('not-found');
      return answer;
    },
  };
}
