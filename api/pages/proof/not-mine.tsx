import { proveAddress } from '../../routes/prove-address.ts';
import { CodeForm, codeScripts } from '../code/code-form.tsx';
import { Ended } from '../code/ended.tsx';
import { type Asking, letterPage } from '../code/letter-page.tsx';
import { Frame } from '../frame/frame.tsx';
import type { PageDependencies } from '../page-dependencies.ts';
import { askRoute } from '../routing/ask-route.ts';
import { html, type Page } from '../routing/page.ts';
import type { Site } from '../site.ts';
import { texts } from '../texts.ts';

/** What can't be taken back has a page of its own, which says what follows. */
export function notMinePage(dependencies: PageDependencies): Page {
  const { site } = dependencies;
  const refuseAddress = askRoute(proveAddress, dependencies);

  return letterPage(dependencies, {
    name: 'not-mine',
    who: 'proof',
    ask: (asking) => <NotMine site={site} {...asking} />,
    ended: () => <Ended site={site} lead={texts.ended.lead} />,
    // The list of talks sends its code along, since a link to this page would have it in its path.
    isAsked: (form) => !form.has('answer'),
    act: async ({ c, caller }) => {
      await refuseAddress(c, caller, { answer: 'not-mine' });
      // Not behind a redirect: an address that says so could be made by anybody.
      return html(<Stopped site={site} />);
    },
  });
}

const NotMine = ({ site, notice, ...given }: Asking & { site: Site }) => (
  <Frame site={site} title={texts.notMine.title} isWrong={notice !== undefined} scripts={codeScripts}>
    {notice}
    <h1>{texts.notMine.title}</h1>
    <p class="lead">{texts.notMine.lead}</p>
    <ul>
      {texts.notMine.follows.map((one) => (
        <li>{one}</li>
      ))}
    </ul>
    <p>{texts.notMine.final}</p>
    <CodeForm action="not-mine" {...given}>
      <button type="submit" class="destructive" name="answer" value="not-mine">
        {texts.notMine.act}
      </button>
    </CodeForm>
    <p>
      <a class="screen" href="proof" data-keeps-code>
        {texts.notMine.keep}
      </a>
    </p>
  </Frame>
);

const Stopped = ({ site }: { site: Site }) => (
  <Frame site={site} title={texts.notMine.done}>
    <h1 tabindex={-1} data-focus>
      {texts.notMine.done}
    </h1>
    <p class="lead">{texts.notMine.doneLead}</p>
    <p>
      {texts.notMine.question} <a href={`mailto:${site.call.contact}`}>{site.call.contact}</a>
    </p>
  </Frame>
);
