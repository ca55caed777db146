import { handOver } from '../../routes/hand-over.ts';
import { createForHolder } from '../own/for-holder.ts';
import { nextSpeakersOf } from '../own/next-speakers-of.ts';
import { createReadTalk } from '../own/read-talk.ts';
import { saidOf } from '../own/said.ts';
import type { PageDependencies } from '../page-dependencies.ts';
import { askRoute } from '../routing/ask-route.ts';
import { html, type Page, seeOther } from '../routing/page.ts';
import { readForm, textIn } from '../routing/read-form.ts';
import { assertFromOurPage } from '../routing/same-origin.ts';
import { speakerCookie } from '../speaker-cookie.ts';
import { HandedOver } from './handed-over.tsx';
import { HandoverForm } from './handover-form.tsx';

/** The speaker leaves the talk to a co-speaker who has accepted (contract H42). GET changes nothing (contract H24). */
export function handoverPage(dependencies: PageDependencies): Page {
  const { site } = dependencies;
  const forHolder = createForHolder(dependencies);
  const readTalk = createReadTalk(dependencies);
  const ask = askRoute(handOver, dependencies);

  return {
    path: '/submissions/:id/handover',

    get: (c) =>
      forHolder(c, async (holder) => {
        const talk = await readTalk(holder);
        if (nextSpeakersOf(talk).length === 0) return seeOther(`${site.publicUrl}/submissions/${holder.id}`);
        return html(<HandoverForm site={site} talk={talk} />);
      }),

    post: (c) => {
      assertFromOurPage(c, site.origin);
      return forHolder(c, async (holder) => {
        const { id } = holder;
        const to = textIn(await readForm(c), 'to');
        try {
          await ask(c, holder, { to });
        } catch (error) {
          return seeOther(`${site.publicUrl}/submissions/${id}?said=${saidOf(error)}`);
        }
        return html(<HandedOver site={site} id={id} to={to} />, { headers: speakerCookie(site, id, '') });
      });
    },
  };
}
