/** Pages of a submission that the link in a mail leads to. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { SubmissionId } from '../../../contract/submission-id.ts';
import type { Purpose } from '../../../process/speaker-tokens.ts';
import type { Caller } from '../../people/authorize.ts';
import { withOwnErrorPage } from '../errors/own-error-page.ts';
import type { PageDependencies } from '../page-dependencies.ts';
import { idIn } from '../routing/id-in.ts';
import { html, markupOf, type Page, type PageAnswer } from '../routing/page.ts';
import { readForm } from '../routing/read-form.ts';
import { assertFromOurPage } from '../routing/same-origin.ts';
import { CodeMissing, type Given } from './code-form.tsx';
import { codeIn } from './code-in.ts';
import { failedNotice } from './failed.tsx';

export type Asking = Given & { notice?: Child };

type Sent = { c: Context; id: SubmissionId; caller: Caller; form: URLSearchParams; code: string };

type Letter = {
  /** Below the submission. */
  name: string;
  who: Purpose;
  /** What it asks, the same for every submission. */
  ask: (given: Asking) => object;
  /** For a code that opens nothing. */
  ended: () => object;
  /** Only to be shown once more, with what was sent. */
  isAsked?: (form: URLSearchParams) => boolean;
  act: (sent: Sent) => Promise<PageAnswer>;
};

/** Opening it changes nothing, since mail scanners open links too (contract H24): its button does. */
export function letterPage(
  { site, authorize }: Pick<PageDependencies, 'site' | 'authorize'>,
  { name, who, ask, ended, isAsked, act }: Letter,
): Page {
  const answer = html(ask({}), { cache: 'public, max-age=300' });

  return {
    path: `/submissions/:id/${name}`,

    get: (c) => {
      idIn(c);
      return answer;
    },

    post: async (c) => {
      const id = idIn(c);
      assertFromOurPage(c, site.origin);
      const form = await readForm(c);
      const code = codeIn(c, form);
      if (isAsked?.(form)) return html(ask(code === '' ? {} : { code }));
      if (code === '') return html(ask({ isMissing: true, notice: <CodeMissing /> }), { status: 422 });
      withOwnErrorPage(c, (refusal) => {
        if (refusal.code === 'unauthorized') return markupOf(ended());
        const notice = failedNotice(refusal);
        return notice === undefined ? undefined : markupOf(ask({ code, notice }));
      });
      return act({ c, id, caller: await authorize(c, who, code), form, code });
    },
  };
}
