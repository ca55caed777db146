import type { Person } from '../committee/person.ts';
import type { Operation, OperationKind } from '../http/operation.ts';
import { omitUndefined } from '../omit-undefined.ts';
import type { SubmissionId } from '../submission-id.ts';

/** Types of the workflows, by what organisers start with them; and the one place that makes their ids. */
export const operationWorkflows = {
  announcements: 'announcement',
  closings: 'closing',
} as const satisfies Record<OperationKind, string>;

export const operationWorkflowIdOf = (kind: OperationKind, id: string) => `${operationWorkflows[kind]}-${id}`;

/** Which of those that are decided are announced; `{}` is all of them. */
export type Selection = { ids: SubmissionId[] } | { track?: string; verdict?: string };

/** `person`: whose conflicts of interest it keeps to. */
type Started = { id: string; createdAt: string; by: string; person: Person; reason?: string };

export type AnnouncementInput = Started & { at?: string; selection: Selection };
export type ClosingInput = Started & { force?: true };

/**
 * The memo of such a workflow holds the document as clients read it, so that no worker has to run for that; and a keyed
 * hash of the request, to tell a retry from another request under the same Idempotency-Key. It counts what who started it
 * may see.
 */
export type OperationMemo = { operation: Operation; fingerprint: string; startedBy: string };

/** Before any worker has seen it: the gateway's first answer and the workflow start from the same. */
export function initialOperation({ id, createdAt, at }: { id: string; createdAt: string; at?: string }): Operation {
  const progress = { completed: 0, total: 0 };
  return omitUndefined({ id, status: 'NotStarted' as const, createdAt, lastUpdatedAt: createdAt, at, progress });
}

/** Whether nothing of it will change any more. */
export function isOver({ status }: Operation): boolean {
  return status !== 'NotStarted' && status !== 'Running';
}
