import type { TalkValues } from '../talk-form/talk-values.ts';
import { textFields } from '../talk-form/talk-values.ts';
import { texts } from '../texts.ts';
import { type DiffPart, wordDiff } from './word-diff.ts';

type Props = { theirs: TalkValues; mine: TalkValues };

/** Characters of an unchanged part that stand on each side of a gap. */
const shown = 120;

/** How what stands now would change by what is in the form, field by field. */
export const Differences = ({ theirs, mine }: Props) => {
  const changed = changedIn({ theirs, mine });
  if (changed.length === 0) return <p>{texts.edit.same}</p>;
  const names = changed.map(({ label }) => label.toLowerCase());
  return (
    <>
      <p>{texts.edit.differ(new Intl.ListFormat(texts.locale).format(names))}</p>
      {changed.map(({ label, before, after }) => (
        <>
          <h3>{label}</h3>
          <div class="text" dir="auto">
            {wordDiff(before, after).map((part) => (
              <Part part={part} />
            ))}
          </div>
        </>
      ))}
    </>
  );
};

const Part = ({ part: { kind, text } }: { part: DiffPart }) => {
  if (kind === 'same') return <>{text.length > 3 * shown ? `${text.slice(0, shown)} … ${text.slice(-shown)}` : text}</>;
  const [Mark, word] =
    kind === 'removed' ? (['del', texts.edit.removed] as const) : (['ins', texts.edit.added] as const);
  return (
    <Mark>
      <span class="unseen">{word} </span>
      {text}
    </Mark>
  );
};

function changedIn({ theirs, mine }: Props) {
  const people = ({ coSpeakers }: TalkValues) => coSpeakers.map(({ name, email }) => `${name} (${email})`).join('\n');
  return [
    ...textFields.map((name) => ({ label: texts.fields[name], before: theirs[name], after: mine[name] })),
    { label: texts.fields.coSpeakers, before: people(theirs), after: people(mine) },
  ].filter(({ before, after }) => before !== after);
}
