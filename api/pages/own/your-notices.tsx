import { attendanceOf } from '../../../contract/record.ts';
import { Notice } from '../parts/notice.tsx';
import { Time } from '../parts/time.tsx';
import type { Site } from '../site.ts';
import { texts } from '../texts.ts';
import { ActionForm } from './action-form.tsx';
import type { Talk } from './read-talk.ts';

/** What the speaker is asked for: above the line of stages. */
export const YourNotices = ({ site, talk }: { site: Site; talk: Talk }) => (
  <>
    <Answer site={site} talk={talk} />
    {!talk.proposal.about.isProved && talk.state.silenced === undefined && (
      <Notice kind="wait" heading={texts.own.unprovedHeading}>
        <p>{texts.own.unproved}</p>
      </Notice>
    )}
    {talk.proposal.about.pendingAddress !== undefined && (
      <Notice kind="wait" heading={texts.own.pendingHeading}>
        <p>
          {texts.own.pending} <bdi>{talk.proposal.speaker.email}</bdi>
        </p>
      </Notice>
    )}
  </>
);

const Answer = ({ site, talk }: { site: Site; talk: Talk }) => {
  const attendance = attendanceOf(talk.state);
  if (attendance?.answer !== 'awaited') return null;
  const { id } = talk.holder;
  return (
    <Notice kind="wait" heading={texts.own.answerHeading}>
      <p>
        {/* While the acceptance is held, the time doesn't run. */}
        {attendance.isHeld ? (
          texts.own.answerPlease
        ) : (
          <>
            {texts.own.answerBy} <Time site={site} at={attendance.due} />.
          </>
        )}
      </p>
      <div class="choices">
        <ActionForm site={site} id={id} action="confirm">
          {texts.own.confirm}
        </ActionForm>
        <a class="button quiet" data-own href={site.path(`/submissions/${id}/decline`)}>
          {texts.own.decline}
        </a>
      </div>
    </Notice>
  );
};
