/** What the worker can do for a workflow: one activity a stage. */
export { moderate } from './moderate.ts';
export { select } from './select.ts';
export { shortlist } from './shortlist.ts';
