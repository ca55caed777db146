import { z } from 'zod';
import { type Call, callSchema } from '../../contract/call/call.ts';
import { erasureSchema } from '../../contract/http/erasure.ts';
import { listedSubmissionSchema, submissionPageSchema, verdictSchema } from '../../contract/http/listed-submission.ts';
import { operationSchema } from '../../contract/http/operation.ts';
import {
  announcedSchema,
  auditSchema,
  changesSchema,
  conflictSchema,
  deadlineSchema,
  leftOpenSchema,
  messagePageSchema,
  messageSchema,
  previewSchema,
  reopeningSchema,
} from '../../contract/http/organiser-answers.ts';
import { problemSchema } from '../../contract/http/problem.ts';
import {
  announcementRequest,
  attendanceRequest,
  closingRequest,
  conflictRequest,
  deadlineRequest,
  decisionRequest,
  reopeningRequest,
  resolutionRequest,
  reviewRequestFor,
} from '../../contract/http/requests.ts';
import { statusDocumentSchema, submittedDocumentSchema } from '../../contract/http/status.ts';
import { reviewSchema, submissionViewSchema } from '../../contract/http/submission-view.ts';
import { submissionSchemaFor } from '../../contract/submission.ts';

/** What requests carry. */
const taken = {
  ConflictRequest: conflictRequest,
  DecisionRequest: decisionRequest,
  DeadlineRequest: deadlineRequest,
  AttendanceRequest: attendanceRequest,
  ReopeningRequest: reopeningRequest,
  AnnouncementRequest: announcementRequest,
  ClosingRequest: closingRequest,
  ResolutionRequest: resolutionRequest,
};

/** What answers carry. */
const given = {
  StatusDocument: statusDocumentSchema,
  SubmittedDocument: submittedDocumentSchema,
  Call: callSchema,
  Erasure: erasureSchema,
  ListedSubmission: listedSubmissionSchema,
  SubmissionPage: submissionPageSchema,
  SubmissionView: submissionViewSchema,
  Review: reviewSchema,
  Conflict: conflictSchema,
  Verdict: verdictSchema,
  Deadline: deadlineSchema,
  Reopening: reopeningSchema,
  Operation: operationSchema,
  LeftOpen: leftOpenSchema,
  Changes: changesSchema,
  Announced: announcedSchema,
  Audit: auditSchema,
  Message: messageSchema,
  MessagePage: messagePageSchema,
  Preview: previewSchema,
  Problem: problemSchema,
};

/** The very schemas that the gateway validates with, as JSON Schema. */
export function schemasFor(call: Call): Record<string, object> {
  return {
    ...jsonSchemas({ Submission: submissionSchemaFor(call), ReviewRequest: reviewRequestFor(call), ...taken }, 'input'),
    ...jsonSchemas(given, 'output'),
  };
}

export type SchemaName = keyof typeof taken | keyof typeof given | 'Submission' | 'ReviewRequest';

const uri = (id: string) => `#/components/schemas/${id}`;

export const schemaRef = (name: SchemaName) => ({ $ref: uri(name) });

function jsonSchemas(named: Record<string, z.ZodType>, io: 'input' | 'output') {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { uri, io, override: withFormat });
  // A component is named by its place.
  return Object.fromEntries(Object.entries(schemas).map(([id, { $schema, $id, id: _, ...rest }]) => [id, rest]));
}

/** So that generated clients know how large the numbers may be. */
function withFormat({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }) {
  if (jsonSchema.type === 'integer') jsonSchema.format = 'int64';
}
