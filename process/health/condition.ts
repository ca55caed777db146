/** Why a part is down, in words that may be shown to anybody: no address, no host, no message of an error. */
export type Reason = 'unreachable' | 'no answer' | 'refused' | 'failing' | 'nobody polls' | 'unknown' | 'not running';

/** Of one part that a process needs. */
export type Condition = { up: true } | { up: false; reason: Reason };

export const up = { up: true } as const satisfies Condition;

export const down = (reason: Reason): Condition => ({ up: false, reason });
