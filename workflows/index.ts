/** What the worker may run. */
export { submission } from './submission.ts';
