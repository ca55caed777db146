/** What the worker may run. */
export { delivery } from './delivery.ts';
export { reconcile } from './reconcile.ts';
export { submission } from './submission.ts';
