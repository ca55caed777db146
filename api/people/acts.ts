import type { Person } from '../../contract/committee/person.ts';
import { type Operation, type OperationKind, operationIdPattern } from '../../contract/http/operation.ts';
import { type AnnouncementInput, type ClosingInput, isOver } from '../../contract/workflow/operation-workflows.ts';
import type { Deadline } from '../../process/deadline.ts';
import type { Store } from '../../store/store.ts';
import type { FoundOperation, Operations } from '../../temporal/operations.ts';
import { Refusal } from '../http/refusal.ts';
import { keyReused } from '../request/idempotency-key.ts';

export type ActsDependencies = {
  store: Pick<Store, 'audit'>;
  operations: Pick<Operations, 'start' | 'read' | 'cancel'>;
};

type Said<Input> = Omit<Input, 'by' | 'person'>;

/** Acts on many submissions. The worker holds each of them against the person: see `activities/operations.ts`. */
export function createActs({ store, operations }: ActsDependencies) {
  return {
    announce: (person: Person, said: Said<AnnouncementInput>, fingerprint: string, deadline: Deadline) =>
      start(person, 'announcements', said, fingerprint, deadline),

    close: (person: Person, said: Said<ClosingInput>, fingerprint: string, deadline: Deadline) =>
      start(person, 'closings', said, fingerprint, deadline),

    /** Whether it has been asked for before, under this id. */
    hasBegun: async (kind: OperationKind, id: string, deadline: Deadline) =>
      (await operations.read(kind, id, deadline)) !== undefined,

    async operation(person: Person, kind: OperationKind, id: string, deadline: Deadline): Promise<Operation> {
      return seenBy(person, await known(kind, id, deadline));
    },

    async cancelAnnouncement(person: Person, id: string, at: string, deadline: Deadline): Promise<Operation> {
      const started = await known('announcements', id, deadline);
      const command = 'cancel-announcement';
      await store.audit.add({ id: `${command}:${id}`, at, by: person.name, command });
      await operations.cancel('announcements', id, deadline);
      return seenBy(person, started);
    },
  };

  /** @throws Refusal when the key was used for another request (contract H10) */
  async function start(
    person: Person,
    kind: OperationKind,
    said: Said<AnnouncementInput> | Said<ClosingInput>,
    fingerprint: string,
    deadline: Deadline,
  ): Promise<Operation> {
    const result = await operations.start(kind, { ...said, by: person.name, person }, fingerprint, deadline);
    if (result.kind === 'other') throw keyReused();
    return seenBy(person, result);
  }

  /** @throws Refusal where there is none */
  async function known(kind: OperationKind, id: string, deadline: Deadline): Promise<FoundOperation> {
    const started = operationIdPattern.test(id) ? await operations.read(kind, id, deadline) : undefined;
    if (started === undefined) throw new Refusal('not-found');
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
