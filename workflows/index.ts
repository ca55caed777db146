/** What the worker may run. */
export { reconcile } from './reconcile.ts';
export { submission } from './submission.ts';
