import { proofSchema } from '../../../contract/http/speaker-answers.ts';
import { proveAddress } from '../../routes/prove-address.ts';
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

/** Where a receipt leads, and every letter until the address is proved: whoever reads it says that it is theirs. */
export function proofPage(dependencies: PageDependencies): Page {
  const { site } = dependencies;
  const prove = askRoute(proveAddress, dependencies);

  return letterPage(dependencies, {
    name: 'proof',
    who: 'proof',
    ask: (asking) => <Proof site={site} {...asking} />,
    ended: () => <Ended site={site} lead={texts.ended.lead} />,
    act: async ({ c, id, caller }) => {
      const { speakerToken, wasProved } = proofSchema.parse(await prove(c, caller, { answer: 'mine' }));
      const page = `${site.publicUrl}/submissions/${id}?said=${wasProved ? 'already-proved' : 'proved'}`;
      return seeOther(page, speakerToken === undefined ? {} : speakerCookie(site, id, speakerToken));
    },
  });
}

const Proof = ({ site, notice, ...given }: Asking & { site: Site }) => (
  <Frame site={site} title={texts.proof.title} isWrong={notice !== undefined} scripts={codeScripts}>
    {notice}
    <h1>{texts.proof.title}</h1>
    <p class="lead">{texts.proof.lead(site.call.name)}</p>
    <CodeForm
      action="proof"
      api={{ path: '/proof', content: { answer: 'mine' }, said: 'proved', saidAgain: 'already-proved' }}
      {...given}
    >
      <button type="submit">{texts.proof.mine}</button>
    </CodeForm>
    <p>{texts.proof.otherwise}</p>
    <p>
      <a class="button quiet" href="not-mine" data-keeps-code>
        {texts.proof.notMine}
      </a>
    </p>
  </Frame>
);
