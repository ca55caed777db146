import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { erasureSchema } from '../../contract/http/erasure.ts';
import { listedSubmissionSchema, verdictSchema } from '../../contract/http/listed-submission.ts';
import { operationSchema } from '../../contract/http/operation.ts';
import { leftOpenSchema, messageSchema, previewSchema } from '../../contract/http/organiser-answers.ts';
import { problemSchema } from '../../contract/http/problem.ts';
import { proposalSchema } from '../../contract/http/proposal.ts';
import {
  announcementRequest,
  closingRequest,
  decisionRequest,
  processingRequest,
  reviewRequestFor,
} from '../../contract/http/requests.ts';
import { talkSchema } from '../../contract/http/speaker-answers.ts';
import { statusDocumentSchema } from '../../contract/http/status.ts';
import { statuses } from '../../contract/http/statuses.ts';
import { reviewSchema, submissionViewSchema } from '../../contract/http/submission-view.ts';
import { submissionSchema } from '../../contract/submission.ts';

/** The client is published with types only, and so without a dependency for the schemas. */
export const clientDocumentsFile = new URL('../../client/documents.ts', import.meta.url);

const requests = {
  Submission: submissionSchema,
  ReviewRequest: reviewRequestFor({ criteria: [] }),
  DecisionRequest: decisionRequest,
  ProcessingRequest: processingRequest,
  AnnouncementRequest: announcementRequest,
  ClosingRequest: closingRequest,
};

const answers = {
  Status: statusDocumentSchema,
  Operation: operationSchema,
  Erasure: erasureSchema,
  Verdict: verdictSchema,
  Review: reviewSchema,
  ListedSubmission: listedSubmissionSchema,
  SubmissionView: submissionViewSchema.pick({ reviews: true }),
  LeftOpen: leftOpenSchema,
  Message: messageSchema,
  Preview: previewSchema,
  Proposal: proposalSchema,
  Talk: talkSchema,
  Problem: problemSchema,
};

/** Types that extend another one. */
const bases: Record<string, string> = { SubmissionView: 'ListedSubmission' };

type Schema = z.core.JSONSchema.BaseSchema;

export function clientDocuments(): string {
  return formatted(
    [
      '/** The documents of the API. `npm run openapi` makes them from the schemas of the contract. */',
      '',
      "/** A newer service may know more words: they don't break a client. */",
      'type Word<Known extends string> = Known | (string & {});',
      ...typesOf(requests, 'input'),
      ...typesOf(answers, 'output'),
      '',
    ].join('\n'),
  );
}

function formatted(input: string): string {
  return execFileSync('node_modules/.bin/biome', ['format', '--stdin-file-path=client/documents.ts'], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    encoding: 'utf8',
    input,
  });
}

function typesOf(schemas: Record<string, z.ZodType>, io: 'input' | 'output'): string[] {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const named = z.toJSONSchema(registry, { io, uri: (id) => id }).schemas;
  return Object.keys(schemas).map((name) => {
    const base = bases[name];
    return `\nexport type ${name} = ${base === undefined ? '' : `${base} & `}${typeOf(named[name] ?? {}, io, '')};`;
  });
}

function typeOf(schema: Schema | boolean, io: 'input' | 'output', indent: string): string {
  if (typeof schema === 'boolean') return 'unknown';
  const { $ref, enum: words, const: word, type, items, properties, additionalProperties } = schema;
  if ($ref !== undefined) return $ref;
  if (word !== undefined) return literal(word);
  if (words !== undefined) return wordsOf(words, io);
  switch (type) {
    case 'integer':
      return 'number';
    case 'array':
      return `readonly (${typeOf(items === undefined || Array.isArray(items) ? {} : items, io, indent)})[]`;
    case 'object':
      if (properties === undefined || Object.keys(properties).length === 0)
        return `Readonly<Record<string, ${typeOf(additionalProperties || { type: 'number' }, io, indent)}>>`;
      return objectOf(schema, io, indent);
    default:
      return typeof type === 'string' ? type : 'unknown';
  }
}

function objectOf({ properties = {}, required = [] }: Schema, io: 'input' | 'output', indent: string): string {
  const inner = `${indent}  `;
  const lines = Object.entries(properties).flatMap(([name, property]) => {
    // Authors of requests see them in the editor; openapi.json describes the answers.
    const described = io === 'input' && typeof property === 'object' ? property.description : undefined;
    // For users with `exactOptionalPropertyTypes`.
    const mark = required.includes(name) ? '' : '?';
    const type = `${inner}readonly ${name}${mark}: ${typeOf(property, io, inner)}${mark && ' | undefined'};`;
    return described === undefined ? [type] : [`${inner}/** ${described} */`, type];
  });
  return ['{', ...lines, `${indent}}`].join('\n');
}

/** In answers, only the words of `status` are final (contract H1). */
function wordsOf(words: readonly unknown[], io: 'input' | 'output'): string {
  const union = words.map(literal).join(' | ');
  const isOpen = io === 'output' && words.some((word) => !statuses.some((status) => status === word));
  return isOpen ? `Word<${union}>` : union;
}

const literal = (value: unknown) => (typeof value === 'string' ? `'${value}'` : JSON.stringify(value));
