/** Of what nobody waits for at this moment: tasks of submissions, with the usual priority of 3, come before it. */
export const inBackground = { priorityKey: 4 } as const;
