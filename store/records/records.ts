import type { ExpressionBuilder } from 'kysely';
import { publicStatus } from '../../contract/public-status.ts';
import {
  afterVerdict,
  awaited,
  type Parties,
  panelAtWork,
  partiesOf,
  type SubmissionRecord,
  verdictOf,
} from '../../contract/record.ts';
import type { StageVerdict } from '../../contract/state.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { normalAddress } from '../../contract/text/normal-address.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import { change } from '../change.ts';
import type { Database } from '../database.ts';
import { noteAnnounced } from '../feeds/announcements.ts';
import { noteCommands } from '../feeds/audit.ts';
import { type NewMessage, writeMessages } from '../messages/messages.ts';
import { freeQuota } from '../quota.ts';
import type { Tables } from '../tables.ts';
import { flagSameSpeaker } from '../texts/same-speaker.ts';
import { compareText, rememberText } from '../texts/similar-texts.ts';
import { sketchOf } from '../texts/sketch.ts';
import { noteCoSpeakers } from './co-speakers.ts';
import { createFinding, type Found } from './find.ts';
import { shareConflicts } from './share-conflicts.ts';

/** The records of submissions. They follow the workflows: an older state never takes the place of a newer one. */
export function createRecords(db: Database) {
  /**
   * Writes a record, unless the one that is there is as new, or over, or erased; and what is to be told of it, once, in the
   * same transaction.
   */
  async function keep(record: SubmissionRecord, messages: readonly NewMessage[] = []): Promise<void> {
    const { state } = record;
    const sketch = await sketchOfNew(db, record);
    await change(db, state, async (trx, number) => {
      await write(trx, number, record, sketch);
      await noteCommands(trx, number, state.id, state.commands ?? []);
      await noteAnnounced(trx, state);
      await writeMessages(trx, state.id, messages);
    });
    await compareText(db, state);
  }

  /**
   * Writes a verdict, and the record as it is with it, in one transaction.
   *
   * @param key `workflowId:activityId`: what was written under it before stays
   * @returns the verdict that stands
   */
  async function keepVerdict(record: SubmissionRecord, verdict: StageVerdict, key: string): Promise<StageVerdict> {
    const { state } = record;
    const standing = await findVerdict(db, key);
    if (standing) {
      await compareLater(state);
      return standing;
    }
    const now = { ...state, ...afterVerdict(state, verdict), revision: state.revision + 1 };
    // Of two attempts at once, the second one changes nothing: its state is no newer, and its verdict has the same key.
    const sketch = await sketchOfNew(db, record);
    await change(db, state, (trx, number) => write(trx, number, { ...record, state: now }, sketch));
    await compareLater(state);
    return (await findVerdict(db, key)) ?? verdict;
  }

  /** The verdict stands, whatever becomes of it: what is left out here, the next write makes up for. */
  const compareLater = (state: SubmissionRecord['state']) => compareText(db, state).catch(() => undefined);

  const finding = createFinding(db);
  const find = (id: SubmissionId): Promise<Found> => finding.load(id);

  /** Of many at once; those that there is nothing of are left out. */
  async function partiesOfAll(ids: readonly string[]): Promise<Map<string, Parties>> {
    if (ids.length === 0) return new Map();
    const rows = await db
      .selectFrom('submissions')
      .select(['id', 'parties'])
      .where('id', 'in', [...new Set(ids)])
      .execute();
    return new Map(rows.map(({ id, parties }) => [id, JSON.parse(parties)]));
  }

  return { keep, keepVerdict, find, partiesOf: partiesOfAll };
}

/** Of a text that is not on record yet. It takes time, and so it is made before anything is locked. */
async function sketchOfNew(db: Database, { submission, state }: SubmissionRecord): Promise<number[] | undefined> {
  const known = await db.selectFrom('submissions').select('id').where('id', '=', state.id).executeTakeFirst();
  return known ? undefined : sketchOf(submission);
}

async function write(trx: Database, change: number, record: SubmissionRecord, sketch?: number[]): Promise<void> {
  const { submission, state } = record;
  const { parties, isKnown } = await shareConflicts(trx, record);
  const row = { ...rowOf(record), change, parties: JSON.stringify(parties) };
  const { numInsertedOrUpdatedRows: written } = await trx
    .insertInto('submissions')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row).where(isBefore(row)))
    .executeTakeFirstOrThrow();
  for (const verdict of state.verdicts) {
    const verdictRow = verdictRowOf(state.id, verdict);
    await trx
      .insertInto('verdicts')
      .values(verdictRow)
      // An organiser may have decided otherwise.
      .onConflict((conflict) => {
        const sameKey = conflict.column('key');
        return written === 1n ? sameKey.doUpdateSet(verdictRow) : sameKey.doNothing();
      })
      .execute();
  }
  await noteFindings(trx, state);
  if (written === 1n && state.conclusion?.kind === 'withdrawn') await freeQuota(trx, state.id);
  if (isKnown) return;
  await noteCoSpeakers(trx, state.id, submission);
  await flagSameSpeaker(trx, state.id, submission);
  if (sketch) await rememberText(trx, state.id, change, sketch);
}

/** To be looked for: what was found once stays found, whatever is decided since. */
async function noteFindings(trx: Database, { id, verdicts }: SubmissionRecord['state']): Promise<void> {
  const rows = verdicts
    .flatMap(({ findings = [] }) => findings)
    .map(({ check }) => ({ submission_id: id, found_by: check }));
  if (rows.length === 0) return;
  await trx
    .insertInto('findings')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * Whether what is there gives way. An outcome never changes, and the end takes the place of whatever is not the end: its
 * revision may be that of the verdict before it, or, after a reset, a smaller one.
 */
function isBefore({ outcome, over, revision }: Tables['submissions']) {
  return ({ eb, and, or }: ExpressionBuilder<Tables, 'submissions'>) => {
    const isOlder = eb('submissions.revision', '<', revision);
    const isOpen = eb('submissions.outcome', 'is', null);
    const isSame = and([eb('submissions.outcome', '=', outcome), ...(over === 1 ? [] : [isOlder])]);
    return and([eb('submissions.over', '=', 0), outcome === null ? and([isOpen, isOlder]) : or([isOpen, isSame])]);
  };
}

export function rowOf({ submission, fingerprint, state }: SubmissionRecord): Omit<Tables['submissions'], 'change'> {
  return {
    id: state.id,
    revision: state.revision,
    created_at: state.createdAt,
    last_updated_at: state.lastUpdatedAt,
    track: submission.track,
    stage: state.stage,
    verdict: verdictOf(state)?.outcome ?? null,
    awaited: awaited(state),
    outcome: state.conclusion?.kind ?? null,
    over: state.isOver ? 1 : 0,
    rank: verdictOf(state)?.rank ?? null,
    overdue: panelAtWork(state)?.isEscalated ? 1 : 0,
    public_status: JSON.stringify(publicStatus(state)),
    fingerprint,
    parties: JSON.stringify(partiesOf({ submission, state })),
    original: state.original ?? state.id,
    speaker: normalAddress(submission.speaker.email),
    submission: JSON.stringify(submission),
    state: JSON.stringify(state),
  };
}

/** The activity that reaches a stage's verdict has the stage's name for its id. */
function verdictRowOf(id: SubmissionId, verdict: StageVerdict): Tables['verdicts'] {
  return {
    key: `${workflowIdOf(id)}:${verdict.stage}`,
    submission_id: id,
    stage: verdict.stage,
    outcome: verdict.outcome,
    score: verdict.panelScore ?? verdict.automaticScore ?? null,
    verdict: JSON.stringify(verdict),
    decided_at: verdict.decidedAt,
  };
}

async function findVerdict(db: Database, key: string): Promise<StageVerdict | undefined> {
  const row = await db.selectFrom('verdicts').select('verdict').where('key', '=', key).executeTakeFirst();
  return row && JSON.parse(row.verdict);
}
