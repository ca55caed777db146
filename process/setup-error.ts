/** An error that the person who starts the service can fix: it is shown without its stack. */
export class SetupError extends Error {
  override name = 'SetupError';
}
