import { nextSpeakersOf } from '../own/next-speakers-of.ts';
import { OwnFrame, Part } from '../own/own-frame.tsx';
import type { Talk } from '../own/read-talk.ts';
import type { Site } from '../site.ts';
import { texts } from '../texts.ts';

/** A button for each who can take the talk over, with what follows. */
export const HandoverForm = ({ site, talk }: { site: Site; talk: Talk }) => {
  const { id } = talk.holder;
  return (
    <OwnFrame site={site} id={id} title={texts.handover.title}>
      <Part name="main">
        <h1 tabindex={-1}>{texts.handover.title}</h1>
        <p class="talk" dir="auto">
          {talk.proposal.title}
        </p>
        <ul>
          {texts.handover.follows.map((what) => (
            <li>{what}</li>
          ))}
        </ul>
        {nextSpeakersOf(talk).map(({ name, email }) => (
          <form method="post" action={site.path(`/submissions/${id}/handover`)} data-sends>
            <input type="hidden" name="to" value={email} />
            <button type="submit" class="destructive">
              {texts.handover.act} <bdi>{name}</bdi> (<bdi>{email}</bdi>)
            </button>
          </form>
        ))}
        <p>
          <a data-own href={site.path(`/submissions/${id}`)}>
            {texts.steps.keep}
          </a>
        </p>
      </Part>
    </OwnFrame>
  );
};
