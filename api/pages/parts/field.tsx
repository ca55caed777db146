import type { Child } from 'hono/jsx';
import { texts } from '../texts.ts';

type Described = { hint?: string | undefined; error?: string | undefined };

type FieldProps = Described & {
  /** Name in the form, and id. */
  name: string;
  label: string;
  isOptional?: boolean;
};

type TextProps = FieldProps & {
  value: string;
  /** Code points: a counter shows it, and the server checks it. A longer text isn't cut. */
  max?: number | undefined;
  type?: 'text' | 'email' | 'url';
  autocomplete?: string;
  /** Rows of a text of several lines. */
  size?: 'line' | 'lines' | 'long';
  /** `ltr` for addresses and links; texts have the direction of their script. */
  dir?: 'auto' | 'ltr';
};

export const TextField = ({
  value,
  max,
  type = 'text',
  autocomplete,
  size = 'line',
  dir = 'auto',
  ...field
}: TextProps) => {
  const control = {
    id: field.name,
    name: field.name,
    dir,
    autocomplete,
    'aria-invalid': field.error === undefined ? undefined : ('true' as const),
    'aria-describedby': describedBy(field, max !== undefined),
  };
  return (
    <div class="field">
      <Label {...field} />
      <Hints {...field} />
      {size === 'line' ? (
        <input {...control} type={type} value={value} />
      ) : (
        // The parser drops a line end that comes first.
        <textarea {...control} class={size}>{`\n${value}`}</textarea>
      )}
      {max !== undefined && <Counter name={field.name} max={max} />}
    </div>
  );
};

/** In the HTML the limit alone; `counter.browser.js` writes the rest. */
const Counter = ({ name, max }: { name: string; max: number }) => (
  <p
    class="counter"
    id={`${name}-counter`}
    data-counts={name}
    data-max={max}
    data-count={texts.counter.count}
    data-over={texts.counter.over}
  >
    {texts.counter.limit(max)}
  </p>
);

export type Choice = { value: string; label: string; detail?: string };

type ChoicesProps = FieldProps & { choices: readonly Choice[]; value: string };

/** Up to this many are radios. */
const mostRadios = 7;

export const Choices = (props: ChoicesProps) =>
  props.choices.length <= mostRadios ? <Radios {...props} /> : <Select {...props} />;

const Radios = ({ choices, value, ...field }: ChoicesProps) => (
  <fieldset class="field" aria-describedby={describedBy(field, false)}>
    <legend>
      {field.label} <Optional {...field} />
    </legend>
    <Hints {...field} />
    {choices.map((choice, index) => (
      <label class="choice">
        <input
          type="radio"
          name={field.name}
          // The first has the name, to which the errors link.
          id={index === 0 ? field.name : `${field.name}-${index}`}
          value={choice.value}
          checked={choice.value === value}
          aria-invalid={field.error === undefined ? undefined : 'true'}
        />
        <Said {...choice} />
      </label>
    ))}
  </fieldset>
);

const Select = ({ choices, value, ...field }: ChoicesProps) => (
  <div class="field">
    <Label {...field} />
    <Hints {...field} />
    <select
      id={field.name}
      name={field.name}
      aria-invalid={field.error === undefined ? undefined : 'true'}
      aria-describedby={describedBy(field, false)}
    >
      {[{ value: '', label: texts.form.choose }, ...choices].map((choice) => (
        <option value={choice.value} selected={choice.value === value}>
          {choice.label}
        </option>
      ))}
    </select>
  </div>
);

export const Checkbox = ({ name, value, isChecked, label, detail, error }: Choice & CheckboxProps) => (
  <div class="field">
    <Hints name={name} error={error} />
    <label class="choice">
      <input
        type="checkbox"
        id={name}
        name={name}
        value={value}
        checked={isChecked}
        aria-invalid={error === undefined ? undefined : 'true'}
        aria-describedby={describedBy({ name, error }, false)}
      />
      <Said label={label} {...(detail === undefined ? {} : { detail })} />
    </label>
  </div>
);

type CheckboxProps = { name: string; isChecked: boolean; error?: string | undefined };

const Said = ({ label, detail }: Pick<Choice, 'label' | 'detail'>) => (
  <span dir="auto">
    {label}
    {detail !== undefined && <small>{detail}</small>}
  </span>
);

const Label = (field: FieldProps) => (
  <label for={field.name}>
    {field.label} <Optional {...field} />
  </label>
);

/** Required ones say nothing. */
const Optional = ({ isOptional }: { isOptional?: boolean }): Child =>
  isOptional ? <span class="optional">{texts.form.optional}</span> : null;

const Hints = ({ name, hint, error }: Described & { name: string }) => (
  <>
    {hint !== undefined && (
      <p class="hint" id={`${name}-hint`}>
        {hint}
      </p>
    )}
    {error !== undefined && (
      <p class="error" id={`${name}-error`}>
        {error}
      </p>
    )}
  </>
);

function describedBy({ name, hint, error }: Described & { name: string }, hasCounter: boolean): string | undefined {
  const parts = [
    error !== undefined && `${name}-error`,
    hint !== undefined && `${name}-hint`,
    hasCounter && `${name}-counter`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? parts.join(' ') : undefined;
}
