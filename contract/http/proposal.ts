import { z } from 'zod';
import { editableFields } from '../call/editable-fields.ts';
import { submissionSchema, submissionSchemaFor } from '../submission.ts';
import { submissionLimits } from '../submission-limits.ts';
import { email } from '../text/email.ts';
import { line } from '../text/text.ts';
import { utcInstant, version } from './fields.ts';

const name = line({ max: 60 });

/** The call says which. */
const named = { track: name, format: name, consents: z.record(name, name).optional() };

export const coSpeakerAnswers = ['not-invited', 'invited', 'accepted', 'declined'] as const;

const about = z.strictObject({
  isProved: z.boolean().describe('Whether the address has been confirmed by the mail to it'),
  pendingAddress: email.optional().describe('Becomes the address once it is confirmed'),
  editable: z.array(z.enum(editableFields)).max(editableFields.length).describe('What may be edited now'),
  editableUntil: utcInstant.optional().describe('When that ends, or has ended, by itself'),
  reminders: z.enum(['on', 'off']),
  isOverLimit: z.literal(true).optional().describe('The speaker has submitted more talks than the call takes'),
  coSpeakers: z
    .array(z.strictObject({ email, answer: z.enum(coSpeakerAnswers) }))
    .max(submissionLimits.coSpeakers.maxItems),
});

/** What was submitted, as it stands. */
export const proposalSchema = submissionSchema
  .extend({
    ...named,
    version: version.describe('Of the text: 1 as submitted. Read-only, like `about`'),
    about,
  })
  .meta({ id: undefined });

export type ProposalDocument = z.output<typeof proposalSchema>;

/** `null` removes what is optional. */
const part = <Shape extends z.ZodRawShape>(given: Shape) =>
  Object.fromEntries(
    Object.entries(given).map(([field, schema]) => [
      field,
      z.safeParse(schema, undefined).success ? z.nullable(schema).optional() : z.optional(schema),
    ]),
  );

/**
 * As JSON Schema shows it: the service applies the patch, and checks the whole that comes of it as it does a submit. It may
 * also repeat what is read-only, and what the call no longer takes, if it stands.
 */
export function proposalPatchSchemaFor(call: Parameters<typeof submissionSchemaFor>[0]) {
  const { speaker, consents, ...shape } = submissionSchemaFor(call).shape;
  const { shape: asked } = consents instanceof z.ZodOptional ? consents.unwrap() : consents;
  const nested = { speaker: speaker.shape, consents: asked };
  const parts = Object.entries(nested).map(([name, of]) => [name, z.strictObject(part(of)).optional()]);
  return z.strictObject({ ...part(shape), ...Object.fromEntries(parts) });
}
