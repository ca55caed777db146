import type { Person } from '../../contract/committee/person.ts';
import { type Operation, type OperationKind, operationIdPattern } from '../../contract/http/operation.ts';
import { isTerminal } from '../../contract/http/statuses.ts';
import type { AnnouncementInput, ClosingInput } from '../../contract/workflow/operation-workflows.ts';
import type { Store } from '../../store/store.ts';
import type { FoundOperation, Operations } from '../../temporal/operations.ts';
import { keyReused } from '../request/idempotency-key.ts';
import type { Asker } from './asker.ts';

export type ActsDependencies = {
  store: Pick<Store, 'audit'>;
  operations: Pick<Operations, 'start' | 'read' | 'cancel'>;
};

type Said<Input> = Omit<Input, 'by' | 'person'>;

/** Acts on many submissions. The worker holds each of them against the person: see `activities/operations.ts`. */
export function createActs({ store, operations }: ActsDependencies) {
  return {
    announce: (asker: Asker<'idempotency-key-reused'>, said: Said<AnnouncementInput>, fingerprint: string) =>
      start(asker, 'announcements', said, fingerprint),

    close: (asker: Asker<'idempotency-key-reused'>, said: Said<ClosingInput>, fingerprint: string) =>
      start(asker, 'closings', said, fingerprint),

    /** Whether it has been asked for before, under this id. */
    hasBegun: async ({ deadline }: Asker, kind: OperationKind, id: string) =>
      (await operations.read(kind, id, deadline)) !== undefined,

    async operation(asker: Asker<'not-found'>, kind: OperationKind, id: string): Promise<Operation> {
      return seenBy(asker.person, await known(asker, kind, id));
    },

    async cancelAnnouncement(asker: Asker<'not-found'>, id: string, at: string): Promise<Operation> {
      const { person, deadline } = asker;
      const started = await known(asker, 'announcements', id);
      const command = 'cancel-announcement';
      await store.audit.add({ id: `${command}:${id}`, at, by: person.name, command });
      await operations.cancel('announcements', id, deadline);
      return seenBy(person, started);
    },
  };

  /** Refuses a key that was used for another request (contract H10). */
  async function start(
    { person, deadline, refuse }: Asker<'idempotency-key-reused'>,
    kind: OperationKind,
    said: Said<AnnouncementInput> | Said<ClosingInput>,
    fingerprint: string,
  ): Promise<Operation> {
    const result = await operations.start(kind, { ...said, by: person.name, person }, fingerprint, deadline);
    if (result.kind === 'other') return keyReused(refuse);
    return seenBy(person, result);
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

/** What it counts is what who started it may see. Another one may see less: that it runs, and how it ended. */
function seenBy(person: Person, { operation, startedBy }: FoundOperation): Operation {
  if (startedBy === person.name) return operation;
  const { result: _, createdAt, lastUpdatedAt, ...rest } = operation;
  const hasEnded = isTerminal(operation);
  return {
    ...rest,
    createdAt,
    lastUpdatedAt: hasEnded ? lastUpdatedAt : createdAt,
    progress: { completed: hasEnded ? 1 : 0, total: 1 },
  };
}
