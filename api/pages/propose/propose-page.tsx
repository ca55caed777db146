import type { Child } from 'hono/jsx';
import { type Call, editsUntil } from '../../../contract/call/call.ts';
import { Dates } from '../call/dates.tsx';
import { Frame } from '../frame/frame.tsx';
import { ErrorSummary, type FieldError } from '../parts/error-summary.tsx';
import { Time } from '../parts/time.tsx';
import type { Site } from '../site.ts';
import { draftOf } from '../talk-form/draft-of.ts';
import { TalkFields } from '../talk-form/talk-fields.tsx';
import type { TalkValues } from '../talk-form/talk-values.ts';
import { texts } from '../texts.ts';

export type ProposeForm = {
  /** The Idempotency-Key: pressed twice, or sent again after a lost answer, it is one talk. */
  key: string;
  values: TalkValues;
  errors?: readonly FieldError[];
  emptyRows?: number;
  /** To a form that was sent: what is kept on the device is older. */
  isAnswer?: boolean;
};

type Props = { site: Site; call: Call; form: ProposeForm; notice?: Child };

export const ProposePage = ({ site, call, form, notice }: Props) => {
  const { key, values, errors = [], emptyRows, isAnswer } = form;
  return (
    <Frame
      site={site}
      title={texts.form.title}
      isWrong={errors.length > 0 || notice !== undefined}
      scripts={['parts/counter.browser.js', 'parts/sending.browser.js', 'talk-form/draft.browser.js']}
    >
      {errors.length > 0 && <ErrorSummary errors={errors} />}
      {notice}
      <h1>{texts.form.title}</h1>
      <p class="lead">
        {texts.form.changeUntil} <Time site={site} at={editsUntil(call)} />.
      </p>
      <Dates site={site} call={call} />
      <form
        method="post"
        action={site.path('/propose')}
        novalidate
        data-sending={texts.form.sending}
        data-slowly={texts.form.slowly}
        data-draft={draftOf(site)}
        data-kept={texts.form.kept}
        data-is-answer={isAnswer}
      >
        <input type="hidden" name="key" value={key} />
        {/* Pressed by the Enter key: the first button of a form is. */}
        <button type="submit" hidden>
          {texts.form.submit}
        </button>
        <TalkFields call={call} values={values} errors={errors} {...(emptyRows === undefined ? {} : { emptyRows })} />
        <p class="hint" hidden data-kept>
          <span />{' '}
          <button type="button" class="plain" data-clear>
            {texts.form.clear}
          </button>
        </p>
        <p class="send">
          <button type="submit">{texts.form.submit}</button> <span class="hint">{texts.form.receipt}</span>
        </p>
        <p class="hint" role="status" data-said />
      </form>
    </Frame>
  );
};
