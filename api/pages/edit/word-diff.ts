/** `same`, or only in the old or in the new text. */
export type DiffPart = { kind: 'same' | 'removed' | 'added'; text: string };

/** More than this many words that differ are told as a whole: all pairs of them are compared. */
const mostCompared = 2_000;

/** How one text became another, word by word. */
export function wordDiff(before: string, after: string): DiffPart[] {
  const [one, other] = [wordsIn(before), wordsIn(after)];
  let start = 0;
  while (start < one.length && start < other.length && one[start] === other[start]) start += 1;
  let end = 0;
  const rest = Math.min(one.length, other.length) - start;
  while (end < rest && one[one.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  const middle = between(one.slice(start, one.length - end), other.slice(start, other.length - end));
  return joined([
    ...one.slice(0, start).map((text) => ({ kind: 'same' as const, text })),
    ...middle,
    ...one.slice(one.length - end).map((text) => ({ kind: 'same' as const, text })),
  ]);
}

/** With the white space behind each. */
const wordsIn = (text: string): string[] => text.match(/\S+\s*|\s+/g) ?? [];

function between(one: string[], other: string[]): DiffPart[] {
  const all = (kind: DiffPart['kind'], words: string[]) => words.map((text) => ({ kind, text }));
  if (Math.max(one.length, other.length) > mostCompared) return [...all('removed', one), ...all('added', other)];
  const width = other.length + 1;
  /** Length of the longest common subsequence of what is left of both, from each pair of places. */
  const longest = new Uint16Array((one.length + 1) * width);
  const at = (i: number, j: number) => longest[i * width + j] ?? 0;
  for (let i = one.length - 1; i >= 0; i -= 1)
    for (let j = other.length - 1; j >= 0; j -= 1)
      longest[i * width + j] = one[i] === other[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const parts: DiffPart[] = [];
  let [i, j] = [0, 0];
  while (i < one.length || j < other.length) {
    const [old = '', now = ''] = [one[i], other[j]];
    if (i < one.length && j < other.length && old === now) {
      parts.push({ kind: 'same', text: old });
      i += 1;
      j += 1;
    } else if (i < one.length && (j === other.length || at(i + 1, j) >= at(i, j + 1))) {
      parts.push({ kind: 'removed', text: old });
      i += 1;
    } else {
      parts.push({ kind: 'added', text: now });
      j += 1;
    }
  }
  return parts;
}

function joined(parts: DiffPart[]): DiffPart[] {
  const result: DiffPart[] = [];
  for (const { kind, text } of parts) {
    const last = result.at(-1);
    if (last?.kind === kind) last.text += text;
    else result.push({ kind, text });
  }
  return result;
}
