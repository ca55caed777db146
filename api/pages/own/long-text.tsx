import { texts } from '../texts.ts';

/** Characters, and lines, from which the rest of a text is folded; and how much of it stands before the fold. */
const longest = 1_500;
const mostLines = 30;
const first = 1_000;
const firstLines = 20;

/** A speaker's text: whole, or a first part with the rest below it, folded. */
export const LongText = ({ children: text }: { children: string }) => {
  const [head, rest] = folded(text);
  return (
    <>
      <div dir="auto" class="text">
        {head}
      </div>
      {rest !== '' && (
        <details>
          <summary>{texts.own.showRest}</summary>
          <div dir="auto" class="text">
            {rest}
          </div>
        </details>
      )}
    </>
  );
};

function folded(text: string): [head: string, rest: string] {
  const characters = [...text];
  const lines = text.split('\n');
  if (characters.length <= longest && lines.length <= mostLines) return [text, ''];
  const start = [...lines.slice(0, firstLines).join('\n')].slice(0, first).join('');
  if (/^\s/.test(text.slice(start.length))) return [start.trimEnd(), text.slice(start.length).trimStart()];
  // Between two words, where there are some.
  const space = Math.max(start.lastIndexOf(' '), start.lastIndexOf('\n'));
  const end = space > start.length / 2 ? space : start.length;
  return [text.slice(0, end).trimEnd(), text.slice(end).trimStart()];
}
