import { z } from 'zod';
import { type Call, callSchema } from '../../contract/call.ts';
import { problemSchema } from '../../contract/problem.ts';
import { statusDocumentSchema, submittedDocumentSchema } from '../../contract/status.ts';
import { submissionSchemaFor } from '../../contract/submission.ts';

/** The very schemas that the gateway validates with, as JSON Schema. */
export function schemasFor(call: Call) {
  return {
    Submission: jsonSchema(submissionSchemaFor(call), 'input'),
    StatusDocument: jsonSchema(statusDocumentSchema, 'output'),
    SubmittedDocument: jsonSchema(submittedDocumentSchema, 'output'),
    Call: jsonSchema(callSchema, 'output'),
    Problem: jsonSchema(problemSchema, 'output'),
  };
}

export const schemaRef = (name: keyof ReturnType<typeof schemasFor>) => ({ $ref: `#/components/schemas/${name}` });

/** Without what names it: its place among the components does. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output') {
  const { $schema, id, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}
