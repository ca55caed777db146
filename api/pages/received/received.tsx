import { parseSubmissionId } from '../../../contract/submission-id.ts';
import { answerDeadline } from '../../http/answer-deadline.ts';
import { Answers } from '../call/dates.tsx';
import { Frame } from '../frame/frame.tsx';
import type { PageDependencies } from '../page-dependencies.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { StageLine } from '../parts/stage-line.tsx';
import { html, type Page, seeOther } from '../routing/page.ts';
import { tokenInCookie } from '../speaker-cookie.ts';
import { draftOf } from '../talk-form/draft-of.ts';
import { texts } from '../texts.ts';

/**
 * After the form: what happens next, and the link that is the key. Its reader is known by the cookie that the form was
 * answered with; all others are sent to the page of the submission, whether there is one or not.
 */
export function receivedPage(dependencies: PageDependencies): Page {
  const { site, tokens, titleOf } = dependencies;
  return {
    path: '/submissions/:id/received',
    get: async (c) => {
      const given = c.req.param('id') ?? '';
      const id = parseSubmissionId(given);
      const token = tokenInCookie(c);
      const elsewhere = `${site.publicUrl}/submissions/${encodeURIComponent(given)}`;
      if (id === undefined || token === undefined) return seeOther(elsewhere);
      if (tokens.generationIn(id, token) === undefined) return seeOther(elsewhere);
      // The talk is with us, whether or not its title can be read now.
      const title = await titleOf(id, answerDeadline()).catch(() => undefined);
      return html(<Received {...dependencies} title={title} token={token} link={`${elsewhere}#${token}`} />);
    },
  };
}

type Props = Pick<PageDependencies, 'site' | 'call'> & { title: string | undefined; token: string; link: string };

const Received = ({ site, call, title, token, link }: Props) => (
  <Frame site={site} title={texts.received.title} scripts={['received/received.browser.js', 'parts/copy.browser.js']}>
    <h1 tabindex={-1} data-focus data-draft={draftOf(site)}>
      {texts.received.title}
    </h1>
    {title !== undefined && (
      <p class="talk" dir="auto">
        {title}
      </p>
    )}
    <p class="lead">{texts.received.lead}</p>
    <p>
      <a class="button" href={link}>
        {texts.received.see}
      </a>
    </p>
    <h2>{texts.received.next}</h2>
    <StageLine
      site={site}
      steps={[
        { name: texts.received.confirm, state: 'now', children: <p>{texts.received.confirmHow}</p> },
        { name: texts.received.review, state: 'later', children: <p>{texts.received.reviewHow}</p> },
        {
          name: texts.received.answer,
          state: 'later',
          children: (
            <p>
              <Answers site={site} call={call} />
            </p>
          ),
        },
      ]}
    />
    <p class="hint">{texts.received.late}</p>
    <h2>{texts.received.keyHeading}</h2>
    <p>{texts.received.key}</p>
    <div>
      <code class="copied" id="link" dir="ltr">
        {link}
      </code>
      <CopyButton of="link">{texts.copy.link}</CopyButton>
    </div>
    <p>{texts.received.code}</p>
    <code class="copied" dir="ltr">
      {token}
    </code>
  </Frame>
);
