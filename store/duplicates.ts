import { createHash } from 'node:crypto';
import { distance } from 'fastest-levenshtein';
import type { Flag } from '../contract/flags.ts';
import { normalAddress } from '../contract/normal-address.ts';
import type { Submission } from '../contract/submission.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import { wordsOf } from '../contract/words.ts';
import type { Database } from './database.ts';

/** From 0 to 1: how much of two texts has to be the same. Texts on the same subject by two people have about 0.3. */
const nearlySame = 0.8;

/** Words that follow one another: rarer than words, and in an edited text most of them are still there. */
const shingleSize = 3;

/**
 * Of a text's shingles, those with the smallest hashes: of two texts that are nearly the same, about half of these are
 * the same as well, and of any others none. So the few texts that are worth a comparison are found by an index.
 */
const sketchSize = 12;
const worthComparing = 2;

/** As many as a person looks at. */
const mostOthers = 10;

/** Remembers the text of a submission, and flags it where there is one like it: it goes its way all the same. */
export async function flagDuplicates(trx: Database, id: SubmissionId, submission: Submission): Promise<void> {
  const bySpeaker = await trx
    .selectFrom('submissions')
    .select('id')
    .where('speaker', '=', normalAddress(submission.speaker.email))
    .where('id', '!=', id)
    .orderBy('change', 'desc')
    .limit(mostOthers)
    .execute();

  const sketch = sketchOf(submission);
  const byText = sketch.length === 0 ? [] : await alike(trx, sketch);
  const similar = byText.filter((other) => similarity(submission, JSON.parse(other.submission)) >= nearlySame);

  const found = [...asFlags('same-speaker', bySpeaker), ...asFlags('similar-text', similar)];
  if (found.length > 0) await trx.insertInto('flags').values(found).execute();
  // A text without a word in it has none.
  const hashes = sketch.map((hash) => ({ submission_id: id, hash }));
  if (hashes.length > 0) await trx.insertInto('sketches').values(hashes).execute();

  function asFlags(flag: Flag, others: { id: string }[]) {
    return others.map((other) => ({ submission_id: id, flag, other_id: other.id }));
  }
}

function alike(trx: Database, sketch: number[]) {
  return trx
    .selectFrom('sketches')
    .innerJoin('submissions', 'submissions.id', 'sketches.submission_id')
    .select(['submissions.id', 'submissions.submission'])
    .where('sketches.hash', 'in', sketch)
    .groupBy(['submissions.id', 'submissions.submission'])
    .having((row) => row.fn.countAll(), '>=', Math.min(worthComparing, sketch.length))
    .orderBy((row) => row.fn.countAll(), 'desc')
    .limit(mostOthers)
    .execute();
}

type Text = Pick<Submission, 'title' | 'description'>;

function similarity(one: Text, other: Text): number {
  const [a, b] = [normalized(one).join(' '), normalized(other).join(' ')];
  return 1 - distance(a, b) / Math.max(a.length, b.length, 1);
}

function sketchOf(text: Text): number[] {
  const words = normalized(text);
  const shingles = words.map((_, at) => words.slice(at, at + shingleSize).join(' '));
  const whole = shingles.slice(0, Math.max(1, words.length - shingleSize + 1));
  const hashes = [...new Set(whole.map(hashOf))];
  return hashes.sort((one, other) => one - other).slice(0, sketchSize);
}

function normalized({ title, description }: Text): string[] {
  return wordsOf(`${title}\n${description}`.normalize('NFKC'));
}

/** 31 bits: what both databases have for an integer. */
function hashOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() >>> 1;
}
