import type { Call } from '../../../contract/call/call.ts';

export type CallState = 'not-open' | 'open' | 'closed';

export function callState({ opens, closes }: Pick<Call, 'opens' | 'closes'>, now: Date): CallState {
  if (now < new Date(opens)) return 'not-open';
  return now < new Date(closes) ? 'open' : 'closed';
}

/** Milliseconds until the state changes. */
export function untilNextState({ opens, closes }: Pick<Call, 'opens' | 'closes'>, now: Date): number {
  const next = [opens, closes].map((instant) => Date.parse(instant) - now.getTime()).filter((time) => time > 0);
  return Math.min(...next, Number.POSITIVE_INFINITY);
}
