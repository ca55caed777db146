import { inBatches } from '../../contract/in-batches.ts';
import { currentVerdict } from '../../contract/record.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Selection } from '../../contract/workflow/operation-workflows.ts';
import type { Store } from '../../store/store.ts';
import { TemporalUnavailableError } from '../../temporal/bounded-calls.ts';
import type { Workflows } from '../../temporal/workflows.ts';
import { openSubmissions } from './open-submissions.ts';

type Dependencies = {
  store: Pick<Store, 'ongoing' | 'reconciliation'>;
  workflows: Pick<Workflows, 'list' | 'awaitedBy' | 'recordOf' | 'startOf'>;
};

type Filter = Exclude<Selection, { ids: unknown }>;

type Candidate = { id: SubmissionId; awaits?: string; track?: string; verdict?: string | null };

/** `unread`: decided, but nobody knows how: the record is late, and the workflow doesn't answer. */
export type Decided = { decided: SubmissionId[]; unread: SubmissionId[] };

/** Submissions asked at a time. */
const batchSize = 25;

/**
 * Selects decided submissions that are not announced. The workflows say what they wait for, since a record may be late: a
 * decision made a second ago is included.
 */
export async function selectDecided(dependencies: Dependencies, filter: Filter): Promise<Decided> {
  const { workflows } = dependencies;
  const { recorded, unrecorded } = await openSubmissions(dependencies);
  const candidates: Candidate[] = [...recorded, ...unrecorded.map((id) => ({ id }))];
  const selected: Decided = { decided: [], unread: [] };
  for (const batch of inBatches(candidates, batchSize)) {
    const found = await Promise.all(batch.map(async (one) => ({ id: one.id, match: await matched(one) })));
    for (const { id, match } of found) if (match) selected[match].push(id);
  }
  return selected;

  async function matched(candidate: Candidate): Promise<keyof Decided | undefined> {
    const stage = (await workflows.awaitedBy(candidate.id))?.awaits;
    // Without a workflow it can't be announced, and is not to be forgotten either.
    if ((stage ?? candidate.awaits) !== 'announcement') return undefined;
    if (filter.track !== undefined && filter.track !== (await trackOf(candidate))) return undefined;
    if (filter.verdict === undefined) return 'decided';
    const verdict = await verdictNow(candidate);
    if (verdict === undefined) return 'unread';
    return verdict === filter.verdict ? 'decided' : undefined;
  }

  async function trackOf({ id, track }: Candidate): Promise<string | undefined> {
    return track ?? (await workflows.startOf(id))?.submission.track;
  }

  /** A changed decision may not be on record yet. */
  async function verdictNow({ id, awaits, verdict }: Candidate): Promise<string | undefined> {
    try {
      return currentVerdict((await workflows.recordOf(id)).state)?.outcome;
    } catch (error) {
      if (!(error instanceof TemporalUnavailableError)) throw error;
      return awaits === 'announcement' ? (verdict ?? undefined) : undefined;
    }
  }
}
