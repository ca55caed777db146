import { z } from 'zod';
import { line } from '../text/text.ts';
import { haveUniqueIds } from './unique-ids.ts';

const measure = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('mentions'),
    phrases: z.array(line({ max: 80 })).min(1),
    enough: z.int().min(1),
  }),
  z.strictObject({ kind: z.literal('words'), enough: z.int().min(1) }),
  z.strictObject({
    kind: z.literal('given'),
    fields: z.array(z.enum(['bio', 'level', 'language', 'links', 'notes'])).min(1),
  }),
]);

const criterion = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and hyphens'),
  question: line({ max: 200 }),
  weight: z.number().positive(),
  measure,
});

export const criteria = z.array(criterion).min(1).refine(haveUniqueIds, 'two criteria have the same id');

export type Criterion = z.output<typeof criterion>;
