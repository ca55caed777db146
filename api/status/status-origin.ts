/**
 * What answered to whoever asked for a status. `copy`: one in memory that is fresh enough. `unchanged`: the last answer of the
 * workflow, whose history is the same. `memo`: what the workflow has published. The last three tell no status.
 */
export const statusOrigins = [
  ...(['copy', 'record', 'query', 'unchanged', 'memo'] as const),
  ...(['unknown', 'erased', 'no-answer'] as const),
] as const;

export type StatusOrigin = (typeof statusOrigins)[number];
