/** The command was not called as it should be. */
export class UsageError extends Error {
  override name = 'UsageError';
}
