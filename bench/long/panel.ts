/** The policy of a selection that waits for the organisers, however long they take. */
export const panel = { kind: 'panel', quorum: 1, deadline: '14d', whenDue: 'escalate' };
