import { isDate } from '../../../contract/call/announcing.ts';
import { type Call, editsUntil } from '../../../contract/call/call.ts';
import { Time } from '../parts/time.tsx';
import type { Site } from '../site.ts';
import { texts } from '../texts.ts';

type Dated = Pick<Call, 'opens' | 'closes' | 'announcement' | 'edits'>;

/** The dates of the call: beside the text where there is room. */
export const Dates = ({ site, call }: { site: Site; call: Dated }) => (
  <aside class="dates" aria-label={texts.call.dates}>
    <h2>{texts.call.dates}</h2>
    <dl>
      <dt>{texts.call.opens}</dt>
      <dd>
        <Time site={site} at={call.opens} />
      </dd>
      <dt>{texts.call.closes}</dt>
      <dd>
        <Time site={site} at={call.closes} />
      </dd>
      {editsUntil(call) !== call.closes && (
        <>
          <dt>{texts.call.edits}</dt>
          <dd>
            <Time site={site} at={editsUntil(call)} />
          </dd>
        </>
      )}
      {isDate(call.announcement) && (
        <>
          <dt>{texts.call.answers}</dt>
          <dd>
            <Time site={site} at={call.announcement} />
          </dd>
        </>
      )}
    </dl>
  </aside>
);

/** When answers come, as far as it is promised. */
export const Answers = ({ site, call }: { site: Site; call: Pick<Call, 'announcement'> }) => {
  if (call.announcement === undefined) return <>{texts.call.answersAtOnce}</>;
  if (!isDate(call.announcement)) return <>{texts.call.answersByOrganisers}</>;
  return (
    <>
      {texts.call.answersAtDate} <Time site={site} at={call.announcement} />.
    </>
  );
};
