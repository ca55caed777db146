/**
 * A plain error, so that it fails a workflow's task, never the workflow: with the right keys the task is done. No message has
 * anything of the content.
 */
export class UnreadablePayloadError extends Error {
  override name = 'UnreadablePayloadError';
}
