/** An error that the operator can fix: it is shown without its stack. */
export class SetupError extends Error {
  override name = 'SetupError';
}
