import type { Context } from 'hono';
import { parseSubmissionId, type SubmissionId } from '../../../contract/submission-id.ts';
import { refuse } from '../../http/refusal.ts';

/** The submission that the address of a page names. @throws Refusal 404 for what is no id */
export function idIn(c: Context): SubmissionId {
  return parseSubmissionId(c.req.param('id') ?? '') ?? refuse('not-found');
}
