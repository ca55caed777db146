import type { z } from 'zod';
import { describeIssues } from '../../contract/http/issues.ts';
import { Refusal } from '../http/refusal.ts';

/** Checks the body of a request. @throws Refusal that lists everything wrong with it */
export function readCommand<Command>(content: unknown, schema: z.ZodType<Command>): Command {
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  throw new Refusal('invalid-command', { errors: describeIssues(result.error.issues, content) });
}
