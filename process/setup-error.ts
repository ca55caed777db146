/** What the person who starts the service can mend: its message says how, and no stack is shown with it. */
export class SetupError extends Error {
  override name = 'SetupError';
}
