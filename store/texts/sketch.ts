import type { Submission } from '../../contract/submission.ts';
import { wordsOf } from '../../contract/text/words.ts';

/** Words that follow one another: rarer than words, and in an edited text most of them are still there. */
const shingleSize = 3;

/** The smallest hashes of its shingles are kept of a text: a bottom-k sketch, for MinHash, whose likeness is off by 0.04. */
const sketchSize = 128;

export function sketchOf({ title, description }: Pick<Submission, 'title' | 'description'>): number[] {
  const words = wordsOf(`${title}\n${description}`.normalize('NFKC')).map(hashOf);
  const last = Math.max(1, words.length - shingleSize + 1);
  const shingles = new Set<number>();
  for (let at = 0; at < last && words.length > 0; at += 1) {
    let hash = 0;
    for (const word of words.slice(at, at + shingleSize)) hash = mixed(Math.imul(hash, 31) + word);
    // 31 bits: what both databases have for an integer.
    shingles.add(hash >>> 1);
  }
  return [...shingles].sort((one, other) => one - other).slice(0, sketchSize);
}

/** From 0 to 1: how much two texts have in common, of what either has. */
export function likeness(one: readonly number[], other: readonly number[]): number {
  // Of both together only the smallest are known in full.
  const known = Math.min(sketchSize, new Set([...one, ...other]).size);
  let [at, there, seen, common] = [0, 0, 0, 0];
  while (seen < known) {
    const [a = Number.POSITIVE_INFINITY, b = Number.POSITIVE_INFINITY] = [one[at], other[there]];
    if (a === b) common += 1;
    if (a <= b) at += 1;
    if (b <= a) there += 1;
    seen += 1;
  }
  return known === 0 ? 0 : common / known;
}

/** FNV-1a, over UTF-16 units: whoever finds a text with the hash of another one has won nothing but a flag. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return hash;
}

/** Spreads a difference in a few bits over all of them, so that the smallest hashes are those of any shingles. */
function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return (twice ^ (twice >>> 16)) >>> 0;
}
