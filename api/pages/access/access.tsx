import type { Child } from 'hono/jsx';
import { accessRequest } from '../../../contract/http/requests.ts';
import { requestAccess } from '../../routes/request-access.ts';
import { failedNotice } from '../code/failed.tsx';
import { withOwnErrorPage } from '../errors/own-error-page.ts';
import { Frame } from '../frame/frame.tsx';
import type { PageDependencies } from '../page-dependencies.ts';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { askRoute } from '../routing/ask-route.ts';
import { html, markupOf, type Page, seeOther } from '../routing/page.ts';
import { readForm, textIn } from '../routing/read-form.ts';
import { assertFromOurPage } from '../routing/same-origin.ts';
import type { Site } from '../site.ts';
import { texts } from '../texts.ts';
import { AccessForm } from './access-form.tsx';

/** A way back for who has lost the links to their talks. Whatever the address, the answer is the same (contract H39). */
export function accessPage(dependencies: PageDependencies): Page {
  const { site } = dependencies;
  const ask = askRoute(requestAccess, dependencies);
  const cache = 'public, max-age=300';
  const [form, sent] = [html(<Access site={site} />, { cache }), html(<Sent site={site} />, { cache })];

  return {
    path: '/access',

    get: (c) => (c.req.query('said') === 'sent' ? sent : form),

    post: async (c) => {
      assertFromOurPage(c, site.origin);
      const email = textIn(await readForm(c), 'email');
      const given = accessRequest.safeParse({ email });
      if (!given.success) {
        const message = email === '' ? texts.access.missing : texts.access.malformed;
        const errors = <ErrorSummary errors={[{ field: 'email', message }]} />;
        return html(<Access site={site} email={email} error={message} notice={errors} />, { status: 422 });
      }
      withOwnErrorPage(c, (refusal) => {
        const notice = failedNotice(refusal);
        return notice === undefined ? undefined : markupOf(<Access site={site} email={email} notice={notice} />);
      });
      await ask(c, {}, given.data);
      return seeOther(`${site.publicUrl}/access?said=sent`);
    },
  };
}

type Props = { site: Site; email?: string; error?: string; notice?: Child };

const Access = ({ site, email, error, notice }: Props) => (
  <Frame site={site} title={texts.access.title} isWrong={notice !== undefined} scripts={['parts/sending.browser.js']}>
    {notice}
    <h1>{texts.access.title}</h1>
    <p class="lead">{texts.access.lead}</p>
    <AccessForm site={site} error={error} {...(email === undefined ? {} : { email })} />
  </Frame>
);

const Sent = ({ site }: { site: Site }) => (
  <Frame site={site} title={texts.access.sentTitle}>
    <h1 tabindex={-1} data-focus>
      {texts.access.sentTitle}
    </h1>
    <p class="lead">{texts.access.sent}</p>
    <p>{texts.access.nothing}</p>
    <p>
      <a href={site.path('/access')}>{texts.access.again}</a>
    </p>
  </Frame>
);
