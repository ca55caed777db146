import { CopyButton } from '../parts/copy-button.tsx';
import { texts } from '../texts.ts';
import { type TalkValues, textFields } from './talk-values.ts';

/** What was typed and can't be sent any more, to copy. Whoever shows it labels it. */
export const TextBack = ({ values }: { values: TalkValues | undefined }) => (
  <>
    <textarea id="text" class="long" readonly dir="auto" rows={12}>{`\n${values ? textOf(values) : ''}`}</textarea>
    <CopyButton of="text">{texts.copy.text}</CopyButton>
  </>
);

function textOf(values: TalkValues): string {
  return textFields
    .filter((name) => values[name] !== '')
    .map((name) => `${texts.fields[name]}\n${values[name]}`)
    .join('\n\n');
}
