import type { SubmissionId } from '../../../contract/submission-id.ts';
import { OwnFrame, Part } from '../own/own-frame.tsx';
import type { Site } from '../site.ts';
import { texts } from '../texts.ts';

/** For who has handed it over, and can't open it any more. @param to the address of the next speaker */
export const HandedOver = ({ site, id, to }: { site: Site; id: SubmissionId; to: string }) => (
  <OwnFrame site={site} id={id} title={texts.handover.done}>
    <Part name="main">
      <h1 tabindex={-1} data-focus>
        {texts.handover.done}
      </h1>
      <p class="lead">
        {texts.handover.sentTo} <bdi>{to}</bdi>.
      </p>
      <p>{texts.handover.ended}</p>
      <p>
        <a href={site.path(`/submissions/${id}`)}>{texts.handover.follow}</a>
      </p>
    </Part>
  </OwnFrame>
);
