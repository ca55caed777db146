import type { SubmissionId } from '../../contract/submission-id.ts';
import type { About } from '../../contract/workflow/deliveries.ts';

/** The condition for the messages about a submission; `null` and `digest`: about many. */
export function ofSubmission(about: About | null) {
  const id: SubmissionId | null = about === 'digest' ? null : about;
  return ['submission_id', id === null ? 'is' : '=', id] as const;
}
