import type { Context } from 'hono';
import type { z } from 'zod';
import { describeIssues } from '../../contract/http/issues.ts';
import { Refusal } from '../http/refusal.ts';
import { idempotencyKeyOf } from './idempotency-key.ts';
import { readJson } from './json-content.ts';

/** What a request asks for. @throws Refusal with all that is wrong with it */
export async function readCommand<Command>(c: Context, schema: z.ZodType<Command>): Promise<Command> {
  // One of wrong form is refused, also where the command needs none to be repeated (contract H10).
  idempotencyKeyOf(c);
  return commandIn(await readJson(c.req), schema);
}

/** The same of a JSON value that is needed as it came, too. @throws Refusal with all that is wrong with it */
export function commandIn<Command>(content: unknown, schema: z.ZodType<Command>): Command {
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  throw new Refusal('invalid-command', { errors: describeIssues(result.error.issues, content) });
}
