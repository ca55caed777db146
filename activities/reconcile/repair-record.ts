import { log } from '@temporalio/activity';
import type { OrganiserChannel } from '../../contract/mail/message.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Store } from '../../store/store.ts';
import type { Workflows } from '../../temporal/workflows.ts';
import { messagesOf } from '../messages-of.ts';

type Dependencies = {
  store: Pick<Store, 'records'>;
  workflows: Pick<Workflows, 'recordOf' | 'resync'>;
  organiserChannels: readonly OrganiserChannel[];
};

export type RepairRecord = ReturnType<typeof createRepairRecord>;

/** Writes the record that a workflow has, with its messages; a workflow that is behind its record is told so. */
export function createRepairRecord({ store, workflows, organiserChannels }: Dependencies) {
  return async (id: SubmissionId): Promise<'repaired' | undefined> => {
    const standing = await store.records.standing(id);
    const { writer, settings, isRunning, editRules: _, ...record } = await workflows.recordOf(id, standing);
    if (standing?.run === writer.run && standing.revision >= record.state.revision) return undefined;
    const kept = await store.records.keep(
      record,
      (whole, noticed) => messagesOf(whole, settings, organiserChannels, noticed),
      writer,
      settings.submissionsPerSpeaker,
    );
    if (kept.kind === 'kept') return 'repaired';
    if (kept.kind === 'ahead' && isRunning) await workflows.resync(id);
    else if (kept.kind === 'ahead') log.error('a workflow has ended otherwise than was told', { id });
    return undefined;
  };
}
