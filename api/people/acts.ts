import { hasConflict } from '../../contract/committee/conflict-of-interest.ts';
import type { Person } from '../../contract/committee/person.ts';
import { type Operation, type OperationKind, operationIdPattern } from '../../contract/http/operation.ts';
import { isTerminal } from '../../contract/http/statuses.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';
import type { Parties } from '../../contract/record.ts';
import { parseSubmissionId, type SubmissionId } from '../../contract/submission-id.ts';
import type { AnnouncementInput, ClosingInput } from '../../contract/workflow/operation-workflows.ts';
import type { Store } from '../../store/store.ts';
import type { FoundOperation, Operations } from '../../temporal/operations.ts';
import { keyReused } from '../request/idempotency-key.ts';
import type { Asker } from './asker.ts';

export type ActsDependencies = {
  store: Pick<Store, 'audit' | 'records'>;
  operations: Pick<Operations, 'start' | 'read' | 'cancel'>;
};

type Given<Input> = Omit<Input, 'by' | 'person'>;

/** Announcements and closings. The worker skips submissions hidden from the person: see `activities/operations.ts`. */
export function createActs({ store, operations }: ActsDependencies) {
  const shown = async (person: Person, found: FoundOperation): Promise<Operation> => {
    const { submissions = [] } = found.operation.error ?? {};
    const ids = submissions.flatMap((text) => parseSubmissionId(text) ?? []);
    const parties = await store.records.partiesOf(found.startedBy === person.name ? [] : ids);
    const isSeen = (of: Parties | undefined) => of !== undefined && !hasConflict(person, of);
    return seenBy(
      person,
      found,
      ids.filter((id) => isSeen(parties.get(id))),
    );
  };

  return {
    announce: (asker: Asker<'idempotency-key-reused'>, given: Given<AnnouncementInput>, fingerprint: string) =>
      start(asker, 'announcements', given, fingerprint),

    close: (asker: Asker<'idempotency-key-reused'>, given: Given<ClosingInput>, fingerprint: string) =>
      start(asker, 'closings', given, fingerprint),

    /** Whether an operation with this id has started. */
    hasBegun: async ({ deadline }: Asker, kind: OperationKind, id: string) =>
      (await operations.read(kind, id, deadline)) !== undefined,

    async operation(asker: Asker<'not-found'>, kind: OperationKind, id: string): Promise<Operation> {
      return await shown(asker.person, await known(asker, kind, id));
    },

    async cancelAnnouncement(asker: Asker<'not-found'>, id: string, at: string): Promise<Operation> {
      const { person, deadline } = asker;
      const started = await known(asker, 'announcements', id);
      const command = 'cancel-announcement';
      await store.audit.add({ id: `${command}:${id}`, at, by: person.name, command });
      await operations.cancel('announcements', id, deadline);
      return await shown(person, started);
    },
  };

  /** Refuses a key that was used for another request (contract H10). */
  async function start(
    { person, deadline, refuse }: Asker<'idempotency-key-reused'>,
    kind: OperationKind,
    given: Given<AnnouncementInput> | Given<ClosingInput>,
    fingerprint: string,
  ): Promise<Operation> {
    const result = await operations.start(kind, { ...given, by: person.name, person }, fingerprint, deadline);
    if (result.kind === 'other') return keyReused(refuse);
    return await shown(person, result);
  }

  async function known(
    { deadline, refuse }: Asker<'not-found'>,
    kind: OperationKind,
    id: string,
  ): Promise<FoundOperation> {
    const started = operationIdPattern.test(id) ? await operations.read(kind, id, deadline) : undefined;
    if (started === undefined) return refuse('not-found');
    return started;
  }
}

/**
 * The counts include only what the person who started it may see. Others see only that it runs, and how it ended: that
 * submissions are stuck, only if they may see one of them.
 */
function seenBy(person: Person, { operation, startedBy }: FoundOperation, submissions: SubmissionId[]): Operation {
  if (startedBy === person.name) return operation;
  const { result: _, createdAt, lastUpdatedAt, error, ...rest } = operation;
  if (!isTerminal(operation))
    return { ...rest, createdAt, lastUpdatedAt: createdAt, progress: { completed: 0, total: 1 } };
  const ended = { ...rest, createdAt, lastUpdatedAt, progress: { completed: 1, total: 1 } };
  if (error?.submissions === undefined) return omitUndefined({ ...ended, error });
  return submissions.length > 0 ? { ...ended, error: { ...error, submissions } } : { ...ended, status: 'Succeeded' };
}
