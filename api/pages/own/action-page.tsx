import { publicStatus } from '../../../contract/public-status.ts';
import type { SubmissionId } from '../../../contract/submission-id.ts';
import { Refusal } from '../../http/refusal.ts';
import type { PageDependencies } from '../page-dependencies.ts';
import { idIn } from '../routing/id-in.ts';
import { html, type Page, seeOther } from '../routing/page.ts';
import { readForm } from '../routing/read-form.ts';
import { assertFromOurPage } from '../routing/same-origin.ts';
import type { Site } from '../site.ts';
import { speakerCookie } from '../speaker-cookie.ts';
import { createAct } from './act.ts';
import { type ActionName, isStep } from './actions.ts';
import { createKeyIn, isHolder } from './holder.ts';
import { locked } from './locked.tsx';
import { mayTake } from './may-take.ts';
import { createReadTalk } from './read-talk.ts';
import { StepPage } from './step-page.tsx';

/** A page for each action: GET says what follows, and changes nothing (contract H24); POST does it. */
export function actionPage(dependencies: PageDependencies, action: ActionName): Page {
  const { site, call, now } = dependencies;
  const keyIn = createKeyIn(dependencies);
  const readTalk = createReadTalk(dependencies);
  const act = createAct(dependencies);

  return {
    path: `/submissions/:id/${action}`,

    get: async (c) => {
      const id = idIn(c);
      const key = await keyIn(c, id);
      if (!isHolder(key)) return locked(site, id, key === 'wrong');
      const talk = await readTalk(key);
      if (talk === 'ended') return locked(site, id, true);
      if (talk === 'unreadable') throw new Refusal('temporarily-unavailable');
      const status = publicStatus(talk.state);
      if (!isStep(action) || !mayTake(action, { call, status, now: now() })) return seeOther(pageOf(site, id));
      return html(<StepPage site={site} call={call} step={action} talk={talk} now={now()} />);
    },

    post: async (c) => {
      assertFromOurPage(c, site.origin);
      const id = idIn(c);
      await readForm(c);
      const key = await keyIn(c, id);
      if (!isHolder(key)) return locked(site, id, key === 'wrong');
      const done = await act(c, key, action).catch((error: unknown) => {
        if (error instanceof Refusal && error.code === 'unauthorized') return undefined;
        throw error;
      });
      if (done === undefined) return locked(site, id, true);
      const { said, token } = done;
      return seeOther(`${pageOf(site, id)}?said=${said}`, token === undefined ? {} : speakerCookie(site, id, token));
    },
  };
}

const pageOf = (site: Site, id: SubmissionId): string => `${site.publicUrl}/submissions/${id}`;
