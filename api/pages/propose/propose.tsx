import { randomUUID } from 'node:crypto';
import { refuse } from '../../http/refusal.ts';
import { createReceive } from '../../routes/submit.ts';
import { callState } from '../call/call-state.ts';
import { ClosedPage } from '../closed/closed-page.tsx';
import { withOwnErrorPage } from '../errors/own-error-page.ts';
import type { PageDependencies } from '../page-dependencies.ts';
import { html, markupOf, type Page, seeOther } from '../routing/page.ts';
import { readForm, textIn } from '../routing/read-form.ts';
import { assertFromOurPage } from '../routing/same-origin.ts';
import { speakerCookie } from '../speaker-cookie.ts';
import { contentOf, noValues, valuesIn } from '../talk-form/talk-values.ts';
import { createFormErrors } from './form-errors.tsx';
import { ProposePage } from './propose-page.tsx';

/** The form of a talk. It has a page of its own, which nobody stores: each has the key that its talk is sent under. */
export function proposePage(dependencies: PageDependencies): Page {
  const { site, call, limits, addressOf, now } = dependencies;
  const receive = createReceive(dependencies);
  const errorPage = createFormErrors(dependencies);

  return {
    path: '/propose',

    get: () => {
      const state = callState(call, now());
      if (state !== 'open') return html(<ClosedPage site={site} call={call} state={state} />);
      return html(<ProposePage site={site} call={call} form={{ key: randomUUID(), values: noValues }} />);
    },

    post: async (c) => {
      assertFromOurPage(c, site.origin);
      const form = await readForm(c);
      const values = valuesIn(form, call);
      const key = keyIn(form);
      withOwnErrorPage(c, (refusal) => markupOf(errorPage(refusal, { key, values })));
      if (form.has('add')) {
        await limits.charge('submit', addressOf(c));
        return html(<ProposePage site={site} call={call} form={{ key, values, emptyRows: 1, isAnswer: true }} />);
      }
      const read = async () => contentOf(values, call);
      const { id, speakerToken } = await receive.submit({ c, refuse, read, key: () => key });
      if (speakerToken === undefined) return seeOther(`${site.publicUrl}/submissions/${id}`);
      return seeOther(`${site.publicUrl}/submissions/${id}/received`, speakerCookie(site, id, speakerToken));
    },
  };
}

/** A form without a key, or with one that no form of ours has, gets a new one. */
function keyIn(form: URLSearchParams): string {
  const key = textIn(form, 'key');
  return /^[\da-f-]{36}$/.test(key) ? key : randomUUID();
}
