/** The workflows that the worker runs. */
export { announcement } from './announcement.ts';
export { closing } from './closing.ts';
export { delivery } from './delivery.ts';
export { reconcile } from './reconcile.ts';
export { submission } from './submission.ts';
