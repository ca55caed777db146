import type { Child } from 'hono/jsx';
import { isSettled } from '../../../contract/http/settled.ts';
import type { StatusDocument } from '../../../contract/http/status.ts';
import type { SubmissionId } from '../../../contract/submission-id.ts';
import { Dates } from '../call/dates.tsx';
import { GetLink, KeyForm } from '../own/key-page.tsx';
import { OwnFrame, Part } from '../own/own-frame.tsx';
import type { Talk } from '../own/read-talk.ts';
import type { SaidKey } from '../own/said.ts';
import { YourNotices } from '../own/your-notices.tsx';
import { YourPart } from '../own/your-part.tsx';
import type { PageDependencies } from '../page-dependencies.ts';
import { Notice, Said } from '../parts/notice.tsx';
import { StageLine } from '../parts/stage-line.tsx';
import { Tag } from '../parts/tag.tsx';
import { texts } from '../texts.ts';
import { faceOf, tagKinds } from './face.ts';
import { Lead } from './lead.tsx';
import { stepsOf } from './steps.tsx';

/** `undefined`: nobody has shown a key. */
export type Own = { talk: Talk; said: SaidKey | undefined } | 'wrong' | 'unreadable' | undefined;

type Props = Pick<PageDependencies, 'site' | 'call'> & {
  id: SubmissionId;
  status: StatusDocument;
  tag: string;
  now: Date;
  own: Own;
};

export const SubmissionPage = (props: Props) => {
  const { site, call, id, status, own } = props;
  const isOwn = typeof own === 'object';
  return (
    <OwnFrame site={site} id={id} title={texts.submission.titles[faceOf(status)]}>
      <Part name="said">
        {isOwn && own.said && <Done said={own.said} />}
        {own === 'wrong' && (
          <Said kind="bad" heading={texts.key.wrongHeading}>
            <p>{texts.key.wrong}</p>
          </Said>
        )}
      </Part>
      <Part name="status">
        <Status {...props} isProved={isOwn ? own.talk.proposal.about.isProved : undefined}>
          {isOwn && <YourNotices site={site} talk={own.talk} />}
        </Status>
      </Part>
      <Dates site={site} call={call} />
      <Part name="own">{isOwn ? <YourPart {...props} talk={own.talk} /> : <Others {...props} />}</Part>
      {/* For the script: which status this is, and whether another one may follow. */}
      <Part name="tag">
        <data
          hidden
          value={props.tag}
          data-follows={isSettled(status) ? undefined : true}
          data-own={isOwn || undefined}
        />
      </Part>
    </OwnFrame>
  );
};

/** `isProved`: as the holder of the token may know it. */
type StatusProps = Props & { isProved: boolean | undefined; children: Child };

const Status = ({ site, call, status, now, isProved, children }: StatusProps) => {
  const face = faceOf(status);
  return (
    <>
      <h1 tabindex={-1}>{texts.submission.titles[face]}</h1>
      <p>
        <Tag kind={tagKinds[face]}>{texts.submission.tags[face]}</Tag>
      </p>
      <Lead site={site} call={call} status={status} now={now} isProved={isProved} />
      {children}
      <section aria-label={texts.submission.waits}>
        <StageLine site={site} steps={stepsOf(site, call, status)} />
      </section>
      {!isSettled(status) && (
        <p class="screen" data-look>
          <a href={site.path(`/submissions/${status.id}`)}>{texts.submission.lookAgain}</a>
        </p>
      )}
    </>
  );
};

const Others = ({ site, id, own }: Props) => {
  if (own === 'unreadable')
    return (
      <Notice kind="bad" heading={texts.own.unreadableHeading}>
        <p>{texts.own.unreadable}</p>
      </Notice>
    );
  return (
    <>
      <p>{texts.submission.onlySpeaker}</p>
      <GetLink site={site} />
      <details class="key">
        <summary>{texts.key.haveCode}</summary>
        <KeyForm site={site} id={id} />
      </details>
    </>
  );
};

const badly: readonly SaidKey[] = ['too-many-commands', 'precondition-failed', 'temporarily-unavailable'];
const mildly: readonly SaidKey[] = ['submission-concluded', 'not-accepted', 'not-confirmed', 'attendance-answered'];

const Done = ({ said }: { said: SaidKey }) => {
  const { heading, words }: { heading: string; words?: string } = texts.said[said];
  const kind = badly.includes(said) ? 'bad' : mildly.includes(said) ? 'wait' : 'good';
  return (
    <Said kind={kind} heading={heading}>
      {words && <p>{words}</p>}
    </Said>
  );
};
