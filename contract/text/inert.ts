import { parse } from 'tldts';

/** Top-level domains that are reserved for examples and private networks (RFC 2606, RFC 6762, RFC 7686). */
const reserved = /^(?:example|test|invalid|localhost|local|internal|onion)$/i;

const scheme = /([a-z][a-z0-9+.-]{1,20}):(?=\S)|:(?=\/\/)/gi;

/** What may be a host, with the dots that programs take for one (UTS #46). One repeated class: linear in any text. */
const hostLike = /[\p{L}\p{N}_.\u3002\uff0e\uff61-]+/gu;
const dots = /[.\u3002\uff0e\uff61]/g;

/** The text with nothing in it that a mail program makes a link of: `https[:]//evil[.]example`, `ada[at]evil[.]example`. */
export function inert(text: string): string {
  return text
    .replace(scheme, '$1[:]')
    .replace(/@(?=\S)/g, '[at]')
    .replace(hostLike, (word) => {
      const labels = word.replaceAll(dots, '.').split('.').filter(Boolean);
      return isAddress(labels) || labels.slice(1).some(isTop) ? word.replaceAll(dots, '[.]') : word;
    });
}

const isAddress = (labels: readonly string[]) => labels.length === 4 && labels.every((label) => /^\d+$/.test(label));

/** Or begins with one: many a program takes a letter that it doesn't know for the end. Not `js`, as in `node.js`. */
function isTop(label: string): boolean {
  const known = /^[a-z0-9]*/i.exec(label)?.[0] ?? '';
  return [label, known].some((name) => reserved.test(name) || parse(`a.${name}`).isIcann === true);
}

/** Code points of a title that a subject has room for (contract H38). */
const mostOfTitle = 40;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

export function shortened(title: string, most = mostOfTitle): string {
  if (title.length <= most) return title;
  const characters = [...graphemes.segment(title)];
  if (characters.length <= most) return title;
  return `${characters
    .slice(0, most - 1)
    .map(({ segment }) => segment)
    .join('')
    .trimEnd()}…`;
}
