import { editionOf, type SubmissionRecord, withAddress } from '../../contract/record.ts';
import type { SubmissionState } from '../../contract/state.ts';
import type { Submission } from '../../contract/submission.ts';
import type { Writer } from '../../contract/workflow/recordable.ts';
import type { Version } from '../../contract/workflow/version.ts';
import type { Database } from '../database.ts';
import { together } from '../together.ts';

/** A record, with its texts if it was edited: the last one is that of the record. */
export type Versioned = SubmissionRecord & { versions?: readonly Version[] };

type Edition = Pick<SubmissionState, 'edition' | 'edits'>;

/** Whether the writer may not have had an answer to this text yet. */
export function isNewTo({ known }: Writer, { versions = [] }: Versioned): boolean {
  return known === 0 || (versions.at(-1)?.revision ?? 0) > known;
}

/** Whether the text is another one than that on record. An edit whose task Temporal threw away has another instant. */
export function isOtherText(state: Edition, standing: Edition = {}): boolean {
  return editionOf(state) !== editionOf(standing) || state.edits?.at(-1)?.at !== standing.edits?.at(-1)?.at;
}

/** Texts of a task that Temporal threw away are replaced; the first one never changes. */
export async function writeVersions(trx: Database, { state, versions = [] }: Versioned): Promise<void> {
  const rows = versions.map(({ number, at, submission }) => ({
    ...{ submission_id: state.id, number, at },
    submission: JSON.stringify(submission),
  }));
  const insert = (some: typeof rows) => trx.insertInto('versions').values(some);
  const [first, later] = [rows.filter(({ number }) => number === 1), rows.filter(({ number }) => number > 1)];
  await together([
    first.length > 0 &&
      insert(first)
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
    later.length > 0 &&
      insert(later)
        .onConflict((conflict) =>
          conflict.columns(['submission_id', 'number']).doUpdateSet(({ ref }) => ({
            at: ref('excluded.at'),
            submission: ref('excluded.submission'),
          })),
        )
        .execute(),
    trx.deleteFrom('versions').where('submission_id', '=', state.id).where('number', '>', editionOf(state)).execute(),
  ]);
}

/** The text on record, unless it is the first. */
export async function editedText(trx: Database, state: SubmissionState): Promise<Submission | undefined> {
  if (editionOf(state) === 1) return undefined;
  const row = await trx.selectFrom('submissions').select('submission').where('id', '=', state.id).executeTakeFirst();
  return row && JSON.parse(row.submission);
}

export function createVersions(db: Database) {
  return {
    /** Those on record, from the first one on, with the speaker's address as it is now; none of a text that was never edited. */
    async of(record: Pick<SubmissionRecord, 'state'>): Promise<Omit<Version, 'revision'>[]> {
      const rows = await db
        .selectFrom('versions')
        .select(['number', 'at', 'submission'])
        .where('submission_id', '=', record.state.id)
        .orderBy('number')
        .execute();
      return rows.map(({ submission, ...row }) => ({
        ...row,
        submission: withAddress(JSON.parse(submission), record.state),
      }));
    },
  };
}
