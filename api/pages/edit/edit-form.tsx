import type { Child } from 'hono/jsx';
import type { Call } from '../../../contract/call/call.ts';
import { editableFields } from '../../../contract/call/editable-fields.ts';
import type { SubmissionId } from '../../../contract/submission-id.ts';
import { OwnFrame, Part } from '../own/own-frame.tsx';
import { ErrorSummary, type FieldError } from '../parts/error-summary.tsx';
import { Time } from '../parts/time.tsx';
import type { Site } from '../site.ts';
import { TalkFields } from '../talk-form/talk-fields.tsx';
import { type TalkValues, valuesOf } from '../talk-form/talk-values.ts';
import { texts } from '../texts.ts';
import { Locked } from './locked.tsx';
import type { Proposal } from './read-proposal.ts';

type Props = {
  site: Site;
  call: Call;
  id: SubmissionId;
  proposal: Proposal;
  /** As they were sent, if they come back. */
  values?: TalkValues;
  errors?: readonly FieldError[];
  emptyRows?: number;
  notice?: Child;
  /** It would replace what somebody else has saved meanwhile. */
  isConflict?: boolean;
};

export const EditForm = ({ site, call, id, proposal, errors = [], notice, emptyRows, isConflict, ...props }: Props) => {
  const { document, tag } = proposal;
  const { editable, editableUntil } = document.about;
  const standing = valuesOf({ ...document, consents: document.consents ?? {} });
  const values = { ...standing, ...props.values };
  const locked = editableFields.filter((field) => !editable.includes(field));
  return (
    <OwnFrame
      site={site}
      id={id}
      title={texts.edit.title}
      isWrong={errors.length > 0 || notice !== undefined}
      scripts={['parts/counter.browser.js']}
    >
      <Part name="edit">
        {errors.length > 0 && <ErrorSummary errors={errors} />}
        {notice}
        <h1 tabindex={-1}>{texts.edit.title}</h1>
        <p class="lead">
          {editableUntil === undefined ? (
            texts.edit.always
          ) : (
            <>
              {texts.edit.until} <Time site={site} at={editableUntil} />.
            </>
          )}
          {editable.includes('speaker.email') && ` ${texts.edit.address}`}
        </p>
        <form method="post" action={site.path(`/submissions/${id}/edit`)} novalidate data-sends>
          <input type="hidden" name="tag" value={tag} />
          {/* Pressed by the Enter key: the first button of a form is. */}
          <button type="submit" hidden>
            {texts.edit.save}
          </button>
          <TalkFields
            call={withStanding(call, document)}
            values={values}
            errors={errors}
            locked={Object.fromEntries(locked.map((field) => [field, <Locked field={field} values={standing} />]))}
            {...(emptyRows === undefined ? {} : { emptyRows })}
          />
          <p class="send">
            <button type="submit">{isConflict ? texts.edit.saveMine : texts.edit.save}</button>{' '}
            {isConflict && (
              <a class="button quiet" data-own href={site.path(`/submissions/${id}/edit`)}>
                {texts.edit.takeTheirs}
              </a>
            )}
          </p>
        </form>
        <p>
          <a data-own href={site.path(`/submissions/${id}`)}>
            {texts.edit.keep}
          </a>
        </p>
      </Part>
    </OwnFrame>
  );
};

/** The call's file may have changed since: what was chosen then can still be chosen. */
function withStanding({ tracks, formats, consents }: Call, { track, format }: Proposal['document']) {
  const and = (names: string[], name: string) => (names.includes(name) ? names : [...names, name]);
  return { tracks: and(tracks, track), formats: and(formats, format), consents };
}
