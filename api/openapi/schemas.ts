import { z } from 'zod';
import { type Call, callSchema } from '../../contract/call.ts';
import { erasureSchema } from '../../contract/erasure.ts';
import { listedSubmissionSchema, submissionPageSchema } from '../../contract/listed-submission.ts';
import { problemSchema } from '../../contract/problem.ts';
import { statusDocumentSchema, submittedDocumentSchema } from '../../contract/status.ts';
import { submissionSchemaFor } from '../../contract/submission.ts';

/** The very schemas that the gateway validates with, as JSON Schema. */
export function schemasFor(call: Call): Record<string, object> {
  return {
    ...jsonSchemas({ Submission: submissionSchemaFor(call) }, 'input'),
    ...jsonSchemas(
      {
        StatusDocument: statusDocumentSchema,
        SubmittedDocument: submittedDocumentSchema,
        Call: callSchema,
        Erasure: erasureSchema,
        ListedSubmission: listedSubmissionSchema,
        SubmissionPage: submissionPageSchema,
        Problem: problemSchema,
      },
      'output',
    ),
  };
}

type Name =
  | 'Submission'
  | 'StatusDocument'
  | 'SubmittedDocument'
  | 'Call'
  | 'Erasure'
  | 'ListedSubmission'
  | 'SubmissionPage'
  | 'Problem';

const uri = (id: string) => `#/components/schemas/${id}`;

export const schemaRef = (name: Name) => ({ $ref: uri(name) });

function jsonSchemas(named: Partial<Record<Name, z.ZodType>>, io: 'input' | 'output') {
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
