import type { SubmissionId } from '../../../contract/submission-id.ts';
import { OwnFrame, Part } from '../own/own-frame.tsx';
import { Time } from '../parts/time.tsx';
import type { Site } from '../site.ts';
import type { TalkValues } from '../talk-form/talk-values.ts';
import { TextBack } from '../talk-form/text-back.tsx';
import { texts } from '../texts.ts';

type Props = { site: Site; id: SubmissionId; until?: string | undefined; values?: TalkValues };

/** It can no longer be changed. Who was writing gets the text back, to copy. */
export const TooLate = ({ site, id, until, values }: Props) => (
  <OwnFrame site={site} id={id} title={texts.edit.overHeading} isWrong={values !== undefined}>
    <Part name="main">
      <h1 tabindex={-1} data-focus>
        {texts.edit.overHeading}
      </h1>
      {until !== undefined && (
        <p class="lead">
          {texts.edit.over} <Time site={site} at={until} />.
        </p>
      )}
      {values && (
        <div class="field">
          <label for="text">{texts.edit.overText}</label>
          <TextBack values={values} />
        </div>
      )}
      <p>
        <a data-own href={site.path(`/submissions/${id}`)}>
          {texts.own.title}
        </a>
      </p>
    </Part>
  </OwnFrame>
);
