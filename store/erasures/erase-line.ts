import type { Announcing } from '../../contract/call/announcing.ts';
import { heldUntil } from '../../contract/held-until.ts';
import { hadSlot } from '../../contract/record.ts';
import type { SubmissionState } from '../../contract/state.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { ChangeNumber } from '../change-number.ts';
import type { Database } from '../database.ts';
import { type Actor, writeCommand } from '../feeds/audit.ts';
import { nextNumber } from '../next-number.ts';
import { unassign, writeFreedSlot } from '../slots/freed-slots.ts';

/** `announcing`: the rules of the call, by which a slot that is freed may be held. */
export type Eraser = Actor & { announcing: Announcing };

type Line = { id: SubmissionId; original: SubmissionId };

/**
 * Erases a submission and its successors.
 *
 * @param keptFrom names of the people it is hidden from
 * @returns all that were erased together, now or before
 */
export async function eraseLine(
  trx: Database,
  { id, original }: Line,
  at: string,
  eraser?: Eraser,
  keptFrom: readonly string[] = [],
): Promise<SubmissionId[]> {
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
  for (const one of erased) if (!before.has(one)) await eraseOne(one, states.get(one));
  return erased;

  async function eraseOne(one: SubmissionId, state: SubmissionState | undefined): Promise<void> {
    const number = await nextNumber(trx);
    await trx
      .insertInto('erasures')
      .values({ id: one, original, change: number, erased_at: at, forgotten_at: null, kept_from: hiddenFrom })
      .execute();
    await unassign(trx, one);
    if (eraser) await writeErasure(one, number, state, eraser);
    await trx.deleteFrom('submissions').where('id', '=', one).execute();
    await trx.deleteFrom('quota').where('submission_id', '=', one).execute();
  }
  async function writeErasure(
    one: SubmissionId,
    number: ChangeNumber,
    state: SubmissionState | undefined,
    { announcing, ...actor }: Eraser,
  ): Promise<void> {
    await writeCommand(trx, number, { id: `${one}:erase`, at, ...actor, command: 'erase', submission: one });
    if (state && hadSlot(state)) await writeFreedSlot(trx, one, heldUntil(state, announcing, Date.parse(at)));
  }
}
