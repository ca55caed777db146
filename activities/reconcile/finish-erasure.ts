import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Store } from '../../store/store.ts';
import type { Workflows } from '../../temporal/workflows.ts';

/** Milliseconds for Temporal to delete one workflow; the next run tries again. */
const deletionTime = 10_000;

type Dependencies = {
  store: Pick<Store, 'erasures'>;
  workflows: Pick<Workflows, 'forget'>;
  /** Deletes files with messages about the submission. */
  forgetMessages: (id: SubmissionId) => Promise<void>;
};

/** Deletes the traces of an erased submission outside the database. */
export function createFinishErasure({ store, workflows, forgetMessages }: Dependencies) {
  return async (id: SubmissionId): Promise<'erased'> => {
    await forgetMessages(id);
    await workflows.forget(id, AbortSignal.timeout(deletionTime));
    await store.erasures.finish(id, new Date().toISOString());
    return 'erased';
  };
}
