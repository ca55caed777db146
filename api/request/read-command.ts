import type { z } from 'zod';
import { describeIssues } from '../../contract/http/issues.ts';
import { Refusal } from '../http/refusal.ts';

/** What a request asks for. @throws Refusal with all that is wrong with it */
export function readCommand<Command>(content: unknown, schema: z.ZodType<Command>): Command {
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  throw new Refusal('invalid-command', { errors: describeIssues(result.error.issues, content) });
}
