import type { SubmissionId } from '../../../contract/submission-id.ts';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { TextField } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import type { Site } from '../site.ts';
import { texts } from '../texts.ts';
import { OwnFrame, Part } from './own-frame.tsx';

type Props = { site: Site; id: SubmissionId };

/** In place of a page that only the speaker can read: the same for everybody else, whether or not there is a talk. */
export const KeyPage = ({ site, id, isWrong, error }: Props & { isWrong?: boolean; error?: string }) => (
  <OwnFrame site={site} id={id} title={texts.key.title} isWrong={error !== undefined}>
    <Part name="main">
      {error !== undefined && <ErrorSummary errors={[{ field: 'code', message: error }]} />}
      <h1>{texts.key.title}</h1>
      {isWrong && <WrongKey />}
      <p class="lead">{texts.key.lead}</p>
      <KeyForm site={site} id={id} error={error} />
      <GetLink site={site} />
    </Part>
  </OwnFrame>
);

const WrongKey = () => (
  <Notice kind="bad" heading={texts.key.wrongHeading}>
    <p>{texts.key.wrong}</p>
  </Notice>
);

export const GetLink = ({ site }: { site: Site }) => (
  <p>
    <a href={site.path('/access')}>{texts.key.getLink}</a>
  </p>
);

/** For browsers without JavaScript, to which what stands after # is of no use. */
export const KeyForm = ({ site, id, error }: Props & { error?: string | undefined }) => (
  <form method="post" action={site.path(`/submissions/${id}/key`)} novalidate>
    <TextField name="code" label={texts.key.label} dir="ltr" autocomplete="off" value="" error={error} />
    <button type="submit" class="quiet">
      {texts.key.open}
    </button>
  </form>
);
