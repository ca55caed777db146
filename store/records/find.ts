import DataLoader from 'dataloader';
import { LRUCache } from 'lru-cache';
import { type StatusDocument, statusDocumentSchema } from '../../contract/http/status.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Database } from '../database.ts';

/** `isOver`: nothing is awaited any more. `isConcluded`: its outcome is final. */
export type Found =
  | { kind: 'found'; isOver: boolean; isConcluded: boolean; status: StatusDocument; fingerprint: string }
  | { kind: 'erased' }
  | { kind: 'unknown' };

/** Ids per query. More at once come only to an overloaded gateway. */
const maxBatchSize = 50;

/** About 25 MB, with the answers made of them. */
const rememberedStatuses = 20_000;

/** Batches the reads of one turn of the event loop into one query; caches no record. */
export function createFinding(db: Database) {
  const statuses = rememberStatuses();
  return new DataLoader<SubmissionId, Found>((ids) => findAll(db, ids, statuses), {
    cache: false,
    maxBatchSize,
    batchScheduleFn: setImmediate,
  });
}

/** The same text gives the same document, which is checked once, and of which an answer is made once. */
function rememberStatuses() {
  const known = new LRUCache<string, StatusDocument>({ max: rememberedStatuses });
  return (text: string): StatusDocument => {
    const seen = known.get(text);
    if (seen !== undefined) return seen;
    const status = statusDocumentSchema.parse(JSON.parse(text));
    known.set(text, status);
    return status;
  };
}

async function findAll(
  db: Database,
  ids: readonly SubmissionId[],
  statusIn: (text: string) => StatusDocument,
): Promise<Found[]> {
  const rows = await db
    .selectFrom('submissions')
    .select(['id', 'outcome', 'is_over', 'public_status', 'fingerprint'])
    .where('id', 'in', ids)
    .execute();
  const found = new Map(rows.map((row) => [row.id, row]));
  const missing = ids.filter((id) => !found.has(id));
  const erased = missing.length === 0 ? new Set() : await erasedOf(db, missing);

  return ids.map((id) => {
    const row = found.get(id);
    if (row === undefined) return { kind: erased.has(id) ? 'erased' : 'unknown' };
    const status = statusIn(row.public_status);
    const { outcome, is_over, fingerprint } = row;
    return { kind: 'found', isOver: is_over === 1, isConcluded: outcome !== null, status, fingerprint };
  });
}

async function erasedOf(db: Database, ids: readonly SubmissionId[]): Promise<Set<SubmissionId>> {
  const rows = await db.selectFrom('erasures').select('id').where('id', 'in', ids).execute();
  return new Set(rows.map(({ id }) => id));
}
