import type { Submission } from '../../contract/submission.ts';
import { wordsOf } from '../../contract/text/words.ts';

/** Words per shingle: rarer than single words, and most of them survive an edit. */
const shingleSize = 3;

/** Smallest hashes kept per text: a bottom-k MinHash sketch, whose likeness has an error of about 0.04. */
const sketchSize = 128;

export function sketchOf({ title, description }: Pick<Submission, 'title' | 'description'>): number[] {
  const words = wordsOf(`${title}\n${description}`.normalize('NFKC')).map(hashOf);
  const last = Math.max(1, words.length - shingleSize + 1);
  const shingles = new Set<number>();
  for (let at = 0; at < last && words.length > 0; at += 1) {
    let hash = 0;
    for (const word of words.slice(at, at + shingleSize)) hash = mixed(Math.imul(hash, 31) + word);
    // 31 bits fit the integers of both databases.
    shingles.add(hash >>> 1);
  }
  return [...shingles].sort((one, other) => one - other).slice(0, sketchSize);
}

/** Estimated Jaccard similarity of two texts, from 0 to 1. */
export function likeness(one: readonly number[], other: readonly number[]): number {
  let [at, there, seen, common] = [0, 0, 0, 0];
  // Of the union only the smallest hashes are known completely.
  while (seen < sketchSize && (at < one.length || there < other.length)) {
    const [a = Number.POSITIVE_INFINITY, b = Number.POSITIVE_INFINITY] = [one[at], other[there]];
    if (a === b) common += 1;
    if (a <= b) at += 1;
    if (b <= a) there += 1;
    seen += 1;
  }
  return seen === 0 ? 0 : common / seen;
}

/** FNV-1a over UTF-16 units; needn't be cryptographic, since a forged collision gains nothing but a flag. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return hash;
}

/** Spreads the differences over all bits (MurmurHash3), so that the smallest hashes are a random sample. */
function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return (twice ^ (twice >>> 16)) >>> 0;
}
