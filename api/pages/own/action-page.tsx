import { publicStatus } from '../../../contract/public-status.ts';
import type { SubmissionId } from '../../../contract/submission-id.ts';
import type { PageDependencies } from '../page-dependencies.ts';
import { html, type Page, seeOther } from '../routing/page.ts';
import { readForm } from '../routing/read-form.ts';
import { assertFromOurPage } from '../routing/same-origin.ts';
import type { Site } from '../site.ts';
import { speakerCookie } from '../speaker-cookie.ts';
import { createAct } from './act.ts';
import { type ActionName, isStep } from './actions.ts';
import { createForHolder } from './for-holder.ts';
import { mayTake } from './may-take.ts';
import { createReadTalk } from './read-talk.ts';
import { StepPage } from './step-page.tsx';

/** A page for each action: GET says what follows, and changes nothing (contract H24); POST does it. */
export function actionPage(dependencies: PageDependencies, action: ActionName): Page {
  const { site, call, now } = dependencies;
  const forHolder = createForHolder(dependencies);
  const readTalk = createReadTalk(dependencies);
  const act = createAct(dependencies, action);

  return {
    path: `/submissions/:id/${action}`,

    get: (c) =>
      forHolder(c, async (holder) => {
        const talk = await readTalk(holder);
        const status = publicStatus(talk.state);
        if (!isStep(action) || !mayTake(action, { call, status, now: now() })) return seeOther(pageOf(site, holder.id));
        return html(<StepPage site={site} call={call} step={action} talk={talk} now={now()} />);
      }),

    post: (c) => {
      assertFromOurPage(c, site.origin);
      return forHolder(c, async (holder) => {
        const { id } = holder;
        await readForm(c);
        const { said, token } = await act(c, holder);
        return seeOther(`${pageOf(site, id)}?said=${said}`, token === undefined ? {} : speakerCookie(site, id, token));
      });
    },
  };
}

const pageOf = (site: Site, id: SubmissionId): string => `${site.publicUrl}/submissions/${id}`;
