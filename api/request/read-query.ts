import type { Context } from 'hono';
import type { z } from 'zod';
import { describeIssues } from '../../contract/http/issues.ts';
import { Refusal } from '../http/refusal.ts';

/** Checks the query of a request. @throws Refusal that lists everything wrong with it */
export function readQuery<Query>(c: Context, schema: z.ZodType<Query>): Query {
  const given = Object.fromEntries(
    Object.entries(c.req.queries()).map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  );
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new Refusal('invalid-query', { errors: describeIssues(result.error.issues, given) });
}
