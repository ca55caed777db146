import { type Operation, type OperationKind, operationIdPattern } from '../../contract/http/operation.ts';
import { type AnnouncementInput, type ClosingInput, isOver } from '../../contract/operation-workflows.ts';
import type { Person } from '../../contract/person.ts';
import type { Store } from '../../store/store.ts';
import type { FoundOperation, Operations } from '../../temporal/operations.ts';
import type { Refuse } from '../http/refusal.ts';
import { keyReused } from '../request/idempotency-key.ts';

export type ActsDependencies = {
  store: Pick<Store, 'audit'>;
  operations: Pick<Operations, 'start' | 'read' | 'cancel'>;
};

type RefuseReused = Parameters<typeof keyReused>[0];

type Said<Input> = Omit<Input, 'by' | 'person'>;

/** Acts on many submissions. The worker holds each of them against the person: see `activities/operations.ts`. */
export function createActs({ store, operations }: ActsDependencies) {
  return {
    announce: (person: Person, said: Said<AnnouncementInput>, fingerprint: string, refuse: RefuseReused) =>
      start(person, 'announcements', said, fingerprint, refuse),

    close: (person: Person, said: Said<ClosingInput>, fingerprint: string, refuse: RefuseReused) =>
      start(person, 'closings', said, fingerprint, refuse),

    /** Whether it has been asked for before, under this id. */
    hasBegun: async (kind: OperationKind, id: string) => (await operations.read(kind, id)) !== undefined,

    async operation(person: Person, kind: OperationKind, id: string, refuse: Refuse<'not-found'>): Promise<Operation> {
      return seenBy(person, await known(kind, id, refuse));
    },

    async cancelAnnouncement(person: Person, id: string, at: string, refuse: Refuse<'not-found'>): Promise<Operation> {
      const started = await known('announcements', id, refuse);
      const command = 'cancel-announcement';
      await store.audit.note({ id: `${command}:${id}`, at, person: person.name, command });
      await operations.cancel('announcements', id);
      return seenBy(person, started);
    },
  };

  /** Refuses a key that was used for another request (contract H10). */
  async function start(
    person: Person,
    kind: OperationKind,
    said: Said<AnnouncementInput> | Said<ClosingInput>,
    fingerprint: string,
    refuse: RefuseReused,
  ): Promise<Operation> {
    const result = await operations.start(kind, { ...said, by: person.name, person }, fingerprint);
    if (result.kind === 'other') return keyReused(refuse);
    return seenBy(person, result);
  }

  async function known(kind: OperationKind, id: string, refuse: Refuse<'not-found'>): Promise<FoundOperation> {
    const started = operationIdPattern.test(id) ? await operations.read(kind, id) : undefined;
    if (started === undefined) return refuse('not-found');
    return started;
  }
}

/** What it counts is what who started it may see. Another one may see less: that it runs, and how it ended. */
function seenBy(person: Person, { operation, startedBy }: FoundOperation): Operation {
  if (startedBy === person.name) return operation;
  const { result: _, createdAt, lastUpdatedAt, ...rest } = operation;
  const hasEnded = isOver(operation);
  return {
    ...rest,
    createdAt,
    lastUpdatedAt: hasEnded ? lastUpdatedAt : createdAt,
    progress: { completed: hasEnded ? 1 : 0, total: 1 },
  };
}
