import { texts } from '../texts.ts';

export type FieldError = {
  /** Id of the control that the error is of. */
  field: string;
  message: string;
};

/** First in `main`. The box gets the focus on load; the role is inside it, since one screen reader cuts a focused alert short. */
export const ErrorSummary = ({ errors }: { errors: readonly FieldError[] }) => (
  <div class="notice bad" tabindex={-1} data-focus>
    <div role="alert">
      <h2>{texts.form.problem}</h2>
      <ul>
        {errors.map(({ field, message }) => (
          <li>
            <a href={`#${field}`}>{message}</a>
          </li>
        ))}
      </ul>
    </div>
  </div>
);
