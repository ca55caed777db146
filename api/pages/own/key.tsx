import type { PageDependencies } from '../page-dependencies.ts';
import { idIn } from '../routing/id-in.ts';
import { html, type Page, seeOther } from '../routing/page.ts';
import { readForm, textIn } from '../routing/read-form.ts';
import { assertFromOurPage } from '../routing/same-origin.ts';
import { speakerCookie } from '../speaker-cookie.ts';
import { texts } from '../texts.ts';
import { isStep } from './actions.ts';
import { KeyPage } from './key-page.tsx';

/** Exchanges the token, once, for a cookie of an hour (contract H12). Nothing is read for it, so it tells nothing. */
export function keyPage({ site, tokens, limits, addressOf }: PageDependencies): Page {
  return {
    path: '/submissions/:id/key',
    get: (c) => html(<KeyPage site={site} id={idIn(c)} />),
    post: async (c) => {
      assertFromOurPage(c, site.origin);
      const id = idIn(c);
      const form = await readForm(c);
      const token = tokenIn(textIn(form, 'code'));
      if (tokens.generationIn(id, token) === undefined) {
        await limits.charge('refused', addressOf(c));
        return html(<KeyPage site={site} id={id} error={texts.key.wrongCode} />, { status: 422 });
      }
      const step = textIn(form, 'step');
      const page = `${site.publicUrl}/submissions/${id}${isStep(step) ? `/${step}` : ''}`;
      return seeOther(page, speakerCookie(site, id, token));
    },
  };
}

/** Whoever pastes the whole link means what stands after its #. */
const tokenIn = (code: string): string => code.slice(code.lastIndexOf('#') + 1);
