import { isDate } from '../../../contract/call/announcing.ts';
import type { Call } from '../../../contract/call/call.ts';
import type { StatusDocument } from '../../../contract/http/status.ts';
import { Answers } from '../call/dates.tsx';
import { Time } from '../parts/time.tsx';
import type { Site } from '../site.ts';
import { texts } from '../texts.ts';
import { faceOf } from './face.ts';

export type CallOfLead = Pick<Call, 'announcement' | 'attendance' | 'closes' | 'opens'>;

/** `isProved`: known to the holder of the token alone. */
type Props = { site: Site; call: CallOfLead; status: StatusDocument; now: Date; isProved: boolean | undefined };

const words = texts.submission;

/** Below the heading: when the speaker hears more, and what they have to do, as far as everybody may know it. */
export const Lead = ({ site, call, status, now, isProved }: Props) => {
  const face = faceOf(status);
  if (face === 'received' || face === 'review') return <ToCome site={site} call={call} now={now} isProved={isProved} />;
  if (face === 'awaited' && isProved !== undefined) return <p class="lead">{words.ownAwaited}</p>;
  return (
    <p class="lead">
      {face === 'failed' && status.error && `${status.error.message} `}
      {words.leads[face]}
      {face === 'failed' && <Contact site={site} />}
      {face === 'confirmed' && (
        <Until site={site} words={words.cancelUntil} at={call.attendance?.cancelUntil} now={now} />
      )}
      {face === 'withdrawn' && <Until site={site} words={words.againUntil} at={call.closes} now={now} />}
    </p>
  );
};

const ToCome = ({ site, call, now, isProved }: Omit<Props, 'status'>) => {
  const { announcement } = call;
  return (
    <p class="lead">
      {isDate(announcement) && new Date(announcement) <= now ? (
        <>
          {words.overdue} <Time site={site} at={announcement} /> {words.overdueOn}
        </>
      ) : (
        <Answers site={site} call={call} />
      )}{' '}
      {isProved === undefined && words.untilThen}
      {isProved && words.nothingUntilThen}
    </p>
  );
};

/** Said only before. */
const Until = ({ site, words, at, now }: { site: Site; words: string; at: string | undefined; now: Date }) =>
  at !== undefined && now < new Date(at) ? (
    <>
      {' '}
      {words} <Time site={site} at={at} />.
    </>
  ) : null;

const Contact = ({ site }: { site: Site }) => (
  <>
    {' '}
    <a href={`mailto:${site.call.contact}`}>{site.call.contact}</a>
  </>
);
