import { answerDeadline } from '../../http/answer-deadline.ts';
import { Refusal, refuse } from '../../http/refusal.ts';
import { answerInvitation, type Invitation as Invited, invitationIn } from '../../routes/co-speaker.ts';
import { CodeForm, codeScripts } from '../code/code-form.tsx';
import { Ended } from '../code/ended.tsx';
import { Failed } from '../code/failed.tsx';
import { type Asking, letterPage } from '../code/letter-page.tsx';
import { Frame } from '../frame/frame.tsx';
import type { PageDependencies } from '../page-dependencies.ts';
import { askRoute } from '../routing/ask-route.ts';
import { html, type Page } from '../routing/page.ts';
import type { Site } from '../site.ts';
import { texts } from '../texts.ts';
import { Invitation } from './invitation.tsx';

type Answer = NonNullable<Invited['answer']>;

/** For whoever reads the mail to a co-speaker: whose talk it is, and whether they will be part of it (contract H42). */
export function coSpeakerPage(dependencies: PageDependencies): Page {
  const { site, reader, readHeld } = dependencies;
  const answer = askRoute(answerInvitation, dependencies);

  return letterPage(dependencies, {
    name: 'co-speaker',
    who: 'co-speaker',
    ask: (asking) => <Open site={site} {...asking} />,
    ended: () => <Ended site={site} lead={texts.coSpeaker.ended} />,

    act: async ({ c, id, caller, form, code }) => {
      const given = answerIn(form);
      const refused = given && (await answer(c, caller, { answer: given }).then(() => undefined, expected));
      const { number = 0 } = caller;
      const invitation = invitationIn(await readHeld(id, answerDeadline(), refuse), number) ?? refuse('unauthorized');
      // What everybody may read, and without it the page is as good.
      const reading = await reader.read(id, answerDeadline());
      const status = reading.kind === 'found' ? reading.status : undefined;
      const shown = { site, code, invitation, ...(status && { status }) };
      if (refused !== undefined)
        return html(<Invitation {...shown} notice={<Failed kind="wait" {...refused} />} />, { status: 409 });
      return html(<Invitation {...shown} isAnswered={given !== undefined} />);
    },
  });
}

function answerIn(form: URLSearchParams): Answer | undefined {
  const given = form.get('answer');
  return given === 'accepted' || given === 'declined' ? given : undefined;
}

/** What stands is shown below it. */
function expected(error: unknown) {
  if (error instanceof Refusal && error.code === 'submission-concluded') return texts.coSpeaker.concluded;
  if (error instanceof Refusal && error.code === 'too-many-commands') return texts.coSpeaker.tooMany;
  throw error;
}

const Open = ({ site, notice, ...given }: Asking & { site: Site }) => (
  <Frame site={site} title={texts.coSpeaker.title} isWrong={notice !== undefined} scripts={codeScripts}>
    {notice}
    <h1>{texts.coSpeaker.title}</h1>
    <p class="lead">{texts.coSpeaker.lead(site.call.name)}</p>
    <CodeForm action="co-speaker" isOpening {...given}>
      <button type="submit">{texts.coSpeaker.open}</button>
    </CodeForm>
  </Frame>
);
