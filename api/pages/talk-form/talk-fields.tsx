import type { Child } from 'hono/jsx';
import type { Call } from '../../../contract/call/call.ts';
import { levels, submissionLimits } from '../../../contract/submission-limits.ts';
import type { FieldError } from '../parts/error-summary.tsx';
import { Checkbox, Choices, TextField } from '../parts/field.tsx';
import { texts } from '../texts.ts';
import type { TalkValues } from './talk-values.ts';

export type TalkFieldsProps = {
  call: Pick<Call, 'tracks' | 'formats' | 'consents'>;
  values: TalkValues;
  errors?: readonly FieldError[];
  /** Rows for co-speakers beyond those that are filled in. */
  emptyRows?: number;
  /** What stands in place of fields that can't be changed, by their names. */
  locked?: Readonly<Record<string, Child>>;
};

type Part = TalkFieldsProps & { error: (field: string) => string | undefined };

type OpenProps = { locked: TalkFieldsProps['locked'] | undefined; name: string; children: Child };

/** A field, unless something else stands in its place. */
const Open = ({ locked, name, children }: OpenProps) => <>{locked?.[name] ?? children}</>;

/** The fields of a talk, from the call's own schema: to propose one, and to change it. */
export const TalkFields = (props: TalkFieldsProps) => {
  const error = (field: string) => props.errors?.find((one) => one.field === field)?.message;
  const part = { ...props, error };
  return (
    <>
      <Talk {...part} />
      <Speaker {...part} />
      <Else {...part} />
    </>
  );
};

const maxOf = (name: keyof typeof submissionLimits): number | undefined => {
  const limits: { maxCharacters?: number; maxItems?: number } = submissionLimits[name];
  return limits.maxCharacters;
};

const choicesOf = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

const Talk = ({ call, values, error, locked }: Part) => (
  <fieldset class="group">
    <legend>{texts.form.yourTalk}</legend>
    <Open locked={locked} name="title">
      <TextField
        name="title"
        label={texts.fields.title}
        value={values.title}
        max={maxOf('title')}
        error={error('title')}
      />
    </Open>
    <Open locked={locked} name="description">
      <TextField
        name="description"
        label={texts.fields.description}
        hint={texts.form.hints.description}
        size="long"
        value={values.description}
        max={maxOf('description')}
        error={error('description')}
      />
    </Open>
    <Open locked={locked} name="track">
      <Choices
        name="track"
        label={texts.fields.track}
        choices={choicesOf(call.tracks)}
        value={values.track}
        error={error('track')}
      />
    </Open>
    <Open locked={locked} name="format">
      <Choices
        name="format"
        label={texts.fields.format}
        choices={choicesOf(call.formats)}
        value={values.format === '' ? (call.formats[0] ?? '') : values.format}
        error={error('format')}
      />
    </Open>
    <Open locked={locked} name="level">
      <Choices
        name="level"
        label={texts.fields.level}
        isOptional
        choices={['' as const, ...levels].map((value) => ({ value, label: texts.form.levels[value] }))}
        value={values.level}
        error={error('level')}
      />
    </Open>
    <Open locked={locked} name="language">
      <TextField
        name="language"
        label={texts.fields.language}
        isOptional
        hint={texts.form.hints.language}
        dir="ltr"
        value={values.language}
        error={error('language')}
      />
    </Open>
    <Open locked={locked} name="links">
      <TextField
        name="links"
        label={texts.fields.links}
        isOptional
        hint={texts.form.hints.links}
        size="lines"
        dir="ltr"
        value={values.links}
        error={error('links')}
      />
    </Open>
  </fieldset>
);

const Speaker = ({ values, error, locked }: Part) => (
  <fieldset class="group">
    <legend>{texts.form.you}</legend>
    <Open locked={locked} name="speaker.name">
      <TextField
        name="speaker.name"
        label={texts.fields['speaker.name']}
        autocomplete="name"
        value={values['speaker.name']}
        error={error('speaker.name')}
      />
    </Open>
    <Open locked={locked} name="speaker.email">
      <TextField
        name="speaker.email"
        label={texts.fields['speaker.email']}
        hint={texts.form.hints.email}
        type="email"
        autocomplete="email"
        dir="ltr"
        value={values['speaker.email']}
        error={error('speaker.email')}
      />
    </Open>
    <Open locked={locked} name="speaker.bio">
      <TextField
        name="speaker.bio"
        label={texts.fields['speaker.bio']}
        isOptional
        size="lines"
        value={values['speaker.bio']}
        max={maxOf('speaker.bio')}
        error={error('speaker.bio')}
      />
    </Open>
    <Open locked={locked} name="speaker.country">
      <TextField
        name="speaker.country"
        label={texts.fields['speaker.country']}
        isOptional
        autocomplete="country-name"
        value={values['speaker.country']}
        error={error('speaker.country')}
      />
    </Open>
  </fieldset>
);

const Else = (props: Part) => {
  const { call, values, error, locked, emptyRows = 0 } = props;
  const count = Math.min(values.coSpeakers.length + emptyRows, submissionLimits.coSpeakers.maxItems);
  return (
    <fieldset class="group">
      <legend>{texts.form.else}</legend>
      <Open locked={locked} name="notes">
        <TextField
          name="notes"
          label={texts.fields.notes}
          isOptional
          hint={texts.form.hints.notes}
          size="lines"
          value={values.notes}
          max={maxOf('notes')}
          error={error('notes')}
        />
      </Open>
      <Open locked={locked} name="coSpeakers">
        <div id="co-speakers" data-co-speakers={submissionLimits.coSpeakers.maxItems}>
          <p class="hint">{texts.form.hints.coSpeakers}</p>
          {[...Array(count).keys()].map((at) => (
            <CoSpeaker {...props} at={at} />
          ))}
          <template>
            <CoSpeaker {...props} at={submissionLimits.coSpeakers.maxItems} />
          </template>
          {count < submissionLimits.coSpeakers.maxItems && (
            <button type="submit" class="quiet" name="add" value="co-speaker" data-add>
              {texts.form.addCoSpeaker}
            </button>
          )}
        </div>
      </Open>
      <Open locked={locked} name="consents">
        {call.consents.map(({ id, version, text }) => (
          <Checkbox
            name={`consents.${id}`}
            value={version}
            isChecked={values.consents[id] === version}
            label={texts.form.agree}
            detail={text}
            error={error(`consents.${id}`)}
          />
        ))}
      </Open>
    </fieldset>
  );
};

const CoSpeaker = ({ values, error, at }: Part & { at: number }) => {
  const name = `coSpeakers.${at}`;
  const { name: ofName = '', email = '' } = values.coSpeakers[at] ?? {};
  return (
    <fieldset class="field">
      <legend>
        {texts.form.coSpeaker(at + 1)} <span class="optional">{texts.form.optional}</span>
      </legend>
      <div class="row">
        <TextField
          name={`${name}.name`}
          label={texts.form.coSpeakerName}
          value={ofName}
          error={error(`${name}.name`)}
        />
        <TextField
          name={`${name}.email`}
          label={texts.form.coSpeakerEmail}
          type="email"
          dir="ltr"
          value={email}
          error={error(`${name}.email`)}
        />
      </div>
    </fieldset>
  );
};
