import { z } from 'zod';
import { editableFields } from '../call/editable-fields.ts';
import { mostEditions } from '../submission-limits.ts';
import { utcInstant, version } from './fields.ts';
import { proposed } from './listed-submission.ts';

/** Texts of a submission, the first one first, in the fields that the role sees. */
export const versionsSchema = z.strictObject({
  items: z
    .array(
      z.strictObject({
        number: version.describe('Counts the versions that differ in what the reader sees'),
        at: utcInstant,
        changed: z.array(z.enum(editableFields)).max(editableFields.length).optional(),
        submission: proposed,
      }),
    )
    .max(mostEditions),
});

export type Versions = z.output<typeof versionsSchema>;
