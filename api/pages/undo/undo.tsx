import { tokenSchema } from '../../../contract/http/speaker-answers.ts';
import { undoAddress } from '../../routes/tokens.ts';
import { CodeForm, codeScripts } from '../code/code-form.tsx';
import { Ended } from '../code/ended.tsx';
import { type Asking, letterPage } from '../code/letter-page.tsx';
import { Frame } from '../frame/frame.tsx';
import type { PageDependencies } from '../page-dependencies.ts';
import { askRoute } from '../routing/ask-route.ts';
import { type Page, seeOther } from '../routing/page.ts';
import type { Site } from '../site.ts';
import { speakerCookie } from '../speaker-cookie.ts';
import { texts } from '../texts.ts';

/** For whoever reads the mail to the address that is being replaced: they can take the talk back. */
export function undoPage(dependencies: PageDependencies): Page {
  const { site } = dependencies;
  const undo = askRoute(undoAddress, dependencies);

  return letterPage(dependencies, {
    name: 'undo',
    who: 'undo',
    ask: (asking) => <Undo site={site} {...asking} />,
    ended: () => <Ended site={site} lead={texts.undo.ended} />,
    act: async ({ c, id, caller }) => {
      const { speakerToken } = tokenSchema.parse(await undo(c, caller));
      return seeOther(`${site.publicUrl}/submissions/${id}?said=address-kept`, speakerCookie(site, id, speakerToken));
    },
  });
}

const Undo = ({ site, notice, ...given }: Asking & { site: Site }) => (
  <Frame site={site} title={texts.undo.title} isWrong={notice !== undefined} scripts={codeScripts}>
    {notice}
    <h1>{texts.undo.title}</h1>
    <p class="lead">{texts.undo.lead(site.call.name)}</p>
    <p>{texts.undo.you}</p>
    <p>{texts.undo.notYou}</p>
    <CodeForm action="undo" api={{ path: '/address-undo', said: 'address-kept' }} {...given}>
      <button type="submit">{texts.undo.act}</button>
    </CodeForm>
  </Frame>
);
