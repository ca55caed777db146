import type { Announcing } from '../../contract/call/announcing.ts';
import { heldUntil } from '../../contract/held-until.ts';
import { hadSlot } from '../../contract/record.ts';
import type { SubmissionState } from '../../contract/state.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Database } from '../database.ts';
import { type Actor, writeEntries } from '../feeds/audit.ts';
import { writeChange } from '../feeds/changes.ts';
import { lock } from '../locks.ts';
import { unassign, writeFreedSlot } from '../slots/freed-slots.ts';

/** `announcing`: the rules of the call, by which a slot that is freed may be held. */
export type Eraser = Actor & { announcing: Announcing };

type Line = { id: SubmissionId; original?: SubmissionId };

type Gone = { at: string; eraser: Eraser | undefined; original: SubmissionId; hiddenFrom: string };

/**
 * Erases a submission, its predecessors and its successors, while nobody writes a record or a slot.
 *
 * @param keptFrom names of the people it is hidden from
 * @returns all that were erased together, now or before
 */
export function eraseLine(
  db: Database,
  line: Line,
  at: string,
  eraser?: Eraser,
  keptFrom: readonly string[] = [],
): Promise<SubmissionId[]> {
  return db.transaction().execute(async (trx) => {
    await lock(trx, { alone: ['records', 'slots'] });
    const { id, original = await originalOf(trx, id) } = line;
    const kept = await trx.selectFrom('submissions').select(['id', 'state']).where('original', '=', original).execute();
    const gone = await trx
      .selectFrom('erasures')
      .select(['id', 'kept_from'])
      // Also one that was erased before it had a record, and so without a known original.
      .where((row) => row.or([row('original', '=', original), row('id', 'in', [id, original])]))
      .execute();
    const states = new Map(kept.map((row): [SubmissionId, SubmissionState] => [row.id, JSON.parse(row.state)]));
    // All are by the same speaker: a person who may not see one may see none.
    const earlier = gone.flatMap((row): string[] => JSON.parse(row.kept_from));
    const declared = [...states.values()].flatMap(({ conflicts = [] }) => conflicts.map(({ by }) => by));
    const hiddenFrom = JSON.stringify([...new Set([...keptFrom, ...earlier, ...declared])].sort());
    const before = new Set(gone.map((row) => row.id));

    const erased = [...new Set([id, original, ...states.keys(), ...before])];
    for (const one of erased)
      if (!before.has(one)) await eraseOne(trx, one, states.get(one), { at, eraser, original, hiddenFrom });
    return erased;
  });
}

async function eraseOne(
  trx: Database,
  id: SubmissionId,
  state: SubmissionState | undefined,
  { at, eraser, original, hiddenFrom }: Gone,
): Promise<void> {
  await trx
    .insertInto('erasures')
    .values({ id, original, erased_at: at, forgotten_at: null, kept_from: hiddenFrom })
    .execute();
  await writeChange(trx, id);
  await unassign(trx, id);
  if (eraser) {
    const { announcing, ...actor } = eraser;
    await writeEntries(trx, [{ id: `${id}:erase`, at, ...actor, command: 'erase', submission: id }]);
    if (state && hadSlot(state)) await writeFreedSlot(trx, id, heldUntil(state, announcing, at));
  }
  await trx.deleteFrom('submissions').where('id', '=', id).execute();
}

async function originalOf(trx: Database, id: SubmissionId): Promise<SubmissionId> {
  for (const table of ['submissions', 'erasures'] as const) {
    const row = await trx.selectFrom(table).select('original').where('id', '=', id).executeTakeFirst();
    if (row) return row.original;
  }
  return id;
}
