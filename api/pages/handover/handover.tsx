import { Refusal } from '../../http/refusal.ts';
import { handOver } from '../../routes/hand-over.ts';
import { createKeyIn, isHolder } from '../own/holder.ts';
import { locked } from '../own/locked.tsx';
import { nextSpeakersOf } from '../own/next-speakers-of.ts';
import { createReadTalk } from '../own/read-talk.ts';
import { isSaid } from '../own/said.ts';
import type { PageDependencies } from '../page-dependencies.ts';
import { askRoute } from '../routing/ask-route.ts';
import { idIn } from '../routing/id-in.ts';
import { html, type Page, seeOther } from '../routing/page.ts';
import { readForm, textIn } from '../routing/read-form.ts';
import { assertFromOurPage } from '../routing/same-origin.ts';
import { speakerCookie } from '../speaker-cookie.ts';
import { HandedOver } from './handed-over.tsx';
import { HandoverForm } from './handover-form.tsx';

/** The speaker leaves the talk to a co-speaker who has accepted (contract H42). GET changes nothing (contract H24). */
export function handoverPage(dependencies: PageDependencies): Page {
  const { site } = dependencies;
  const keyIn = createKeyIn(dependencies);
  const readTalk = createReadTalk(dependencies);
  const ask = askRoute(handOver, dependencies);

  return {
    path: '/submissions/:id/handover',

    get: async (c) => {
      const id = idIn(c);
      const key = await keyIn(c, id);
      if (!isHolder(key)) return locked(site, id, key === 'wrong');
      const talk = await readTalk(key);
      if (talk === 'ended') return locked(site, id, true);
      if (talk === 'unreadable') throw new Refusal('temporarily-unavailable');
      if (nextSpeakersOf(talk).length === 0) return seeOther(`${site.publicUrl}/submissions/${id}`);
      return html(<HandoverForm site={site} talk={talk} />);
    },

    post: async (c) => {
      assertFromOurPage(c, site.origin);
      const id = idIn(c);
      const to = textIn(await readForm(c), 'to');
      const key = await keyIn(c, id);
      if (!isHolder(key)) return locked(site, id, key === 'wrong');
      const refused = await ask(c, key, { to }).then(
        () => undefined,
        (error: unknown) => {
          if (error instanceof Refusal) return error;
          throw error;
        },
      );
      if (refused === undefined)
        return html(<HandedOver site={site} id={id} to={to} />, { headers: speakerCookie(site, id, '') });
      if (refused.code === 'unauthorized') return locked(site, id, true);
      if (!isSaid(refused.code)) throw refused;
      return seeOther(`${site.publicUrl}/submissions/${id}?said=${refused.code}`);
    },
  };
}
