import { answerDeadline } from '../../http/answer-deadline.ts';
import { refuse } from '../../http/refusal.ts';
import { createOwnTalks } from '../../people/own-talks.ts';
import { AccessForm } from '../access/access-form.tsx';
import { callState } from '../call/call-state.ts';
import { CodeForm, CodeMissing, codeScripts } from '../code/code-form.tsx';
import { codeIn } from '../code/code-in.ts';
import { failedNotice } from '../code/failed.tsx';
import type { Asking } from '../code/letter-page.tsx';
import { withOwnErrorPage } from '../errors/own-error-page.ts';
import { Frame } from '../frame/frame.tsx';
import type { PageDependencies } from '../page-dependencies.ts';
import { html, markupOf, type Page } from '../routing/page.ts';
import { readForm } from '../routing/read-form.ts';
import { assertFromOurPage } from '../routing/same-origin.ts';
import type { Site } from '../site.ts';
import { texts } from '../texts.ts';
import { Expired } from './expired.tsx';
import { Talks } from './talks.tsx';

/** All talks of an address, for whoever reads its mail (contract H39). */
export function minePage(dependencies: PageDependencies): Page {
  const { site, call, tokens, authorize, now } = dependencies;
  const talksOf = createOwnTalks(dependencies);
  const opening = html(<Open site={site} />, { cache: 'public, max-age=300' });

  return {
    path: '/mine',
    get: () => opening,
    post: async (c) => {
      assertFromOurPage(c, site.origin);
      const form = await readForm(c);
      const code = codeIn(c, form);
      if (code === '') return html(<Open site={site} isMissing notice={<CodeMissing />} />, { status: 422 });
      withOwnErrorPage(c, (refusal) => {
        const until = tokens.accessUntil(code);
        if (refusal.code === 'unauthorized') return markupOf(<Expired site={site} until={until} />);
        const notice = failedNotice(refusal);
        return notice === undefined ? undefined : markupOf(<Open site={site} code={code} notice={notice} />);
      });
      const { email = '' } = await authorize(c, 'access', code);
      const items = await talksOf(email, answerDeadline(), refuse);
      // A link of the script's can have the token behind its `#`; a form sends it for a cookie.
      const hasScript = c.req.header('Authorization') !== undefined;
      const isOpen = callState(call, now()) === 'open';
      return html(<Talks site={site} items={items} isOpen={isOpen} hasScript={hasScript} />);
    },
  };
}

const Open = ({ site, notice, ...given }: Asking & { site: Site }) => (
  <Frame site={site} title={texts.mine.title} isWrong={notice !== undefined} scripts={codeScripts}>
    {notice}
    <h1>{texts.mine.title}</h1>
    <p class="lead">{texts.mine.lead}</p>
    <CodeForm action="mine" isOpening {...given}>
      <button type="submit" class="quiet">
        {texts.mine.open}
      </button>
    </CodeForm>
    <h2>{texts.mine.noLink}</h2>
    <AccessForm site={site} />
  </Frame>
);
