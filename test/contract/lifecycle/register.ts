import { conclusionOf } from '../../../contract/record.ts';
import type { SubmissionState } from '../../../contract/state.ts';
import { Broken } from './broken.ts';

/** What `store.records.keep` promises, for one submission. */
export function createRegister() {
  let row: { state: SubmissionState; run: number } | undefined;

  return {
    get revision(): number {
      return row?.state.revision ?? 0;
    },

    get told(): string | undefined {
      return row && conclusionOf(row.state)?.kind;
    },

    keep(
      incoming: SubmissionState,
      { run, known }: { run: number; known: number },
    ): { kind: 'kept' } | { kind: 'ahead'; state: SubmissionState } {
      if (row) {
        const told = conclusionOf(row.state)?.kind;
        const isAnother = told !== undefined && told !== conclusionOf(incoming)?.kind;
        if (isAnother || (row.run !== run && row.state.revision > known)) return { kind: 'ahead', state: row.state };
        if (row.run === run && row.state.revision >= incoming.revision) return { kind: 'kept' };
        assertAdded(row.state.releases ?? [], incoming.releases ?? []);
      }
      row = { state: incoming, run };
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
