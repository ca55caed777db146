import { conclusionOf } from '../../../contract/record.ts';
import type { SubmissionState } from '../../../contract/state.ts';
import { placeOf, type Standing } from '../../../store/records/standing.ts';
import { Broken } from './broken.ts';

/** `store.records.keep`, for one submission and without a database. */
export function createRegister() {
  let row: Standing | undefined;

  return {
    get revision(): number {
      return row?.revision ?? 0;
    },

    get told(): string | undefined {
      return row && conclusionOf(row.state)?.kind;
    },

    keep(
      incoming: SubmissionState,
      { run, known }: { run: number; known: number },
    ): { kind: 'kept' } | { kind: 'ahead'; state: SubmissionState } {
      if (row) {
        const place = placeOf(incoming, { run: `${run}`, known }, row);
        if (place === 'behind') return { kind: 'ahead', state: row.state };
        if (place === 'on-record') return { kind: 'kept' };
        assertAdded(row.state.releases ?? [], incoming.releases ?? []);
      }
      row = { run: `${run}`, revision: incoming.revision, state: incoming };
      return { kind: 'kept' };
    },
  };
}

type Releases = NonNullable<SubmissionState['releases']>;

/** The ledger adds what is new: what it has, was sent. */
function assertAdded(kept: Releases, incoming: Releases): void {
  const differs = kept.some(({ name, number }, at) => incoming[at]?.name !== name || incoming[at]?.number !== number);
  if (differs) throw new Broken('each release is told once, in order', 'the ledger has others than the workflow');
}
