import type { Person } from '../committee/person.ts';
import type { Operation, OperationKind } from '../http/operation.ts';
import { omitUndefined } from '../omit-undefined.ts';
import type { SubmissionId } from '../submission-id.ts';

export const operationWorkflows = {
  announcements: 'announcement',
  closings: 'closing',
} as const satisfies Record<OperationKind, string>;

export const operationWorkflowIdOf = (kind: OperationKind, id: string) => `${operationWorkflows[kind]}-${id}`;

export type Selection = { ids: SubmissionId[] } | { track?: string; verdict?: string };

/** `person`: the organiser, whose conflicts of interest limit what the operation shows. */
type Started = { id: string; createdAt: string; by: string; person: Person; reason?: string };

export type AnnouncementInput = Started & { at?: string; selection: Selection };
export type ClosingInput = Started & { force?: true };

/** In the memo, so that the document can be read without a worker. `fingerprint` is a keyed hash of the request. */
export type OperationMemo = { operation: Operation; fingerprint: string; startedBy: string };

/** The document that both the gateway's first answer and the workflow start from. */
export function initialOperation({ id, createdAt, at }: { id: string; createdAt: string; at?: string }): Operation {
  const progress = { completed: 0, total: 0 };
  return omitUndefined({ id, status: 'NotStarted' as const, createdAt, lastUpdatedAt: createdAt, at, progress });
}
