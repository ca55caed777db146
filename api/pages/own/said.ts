import type { StatusDocument } from '../../../contract/http/status.ts';
import { isTerminal } from '../../../contract/http/statuses.ts';
import { Refusal } from '../../http/refusal.ts';
import type { Talk } from './read-talk.ts';

type Seen = { status: StatusDocument; talk: Talk };

const attendanceIs = (wanted: string) => (seen: Seen) => seen.status.result?.attendance === wanted;

/**
 * What may be said on top of the page after a change, by the key in its address: what was done, or the code of the problem.
 * Each only where it is true, since anybody can make such an address.
 */
const saidKeys = {
  proved: ({ talk }) => talk.proposal.about.isProved,
  'already-proved': ({ talk }) => talk.proposal.about.isProved,
  'address-kept': ({ talk }) => talk.state.undos?.some(({ isDone }) => isDone) === true,
  confirmed: attendanceIs('confirmed'),
  declined: attendanceIs('declined'),
  canceled: attendanceIs('canceled'),
  withdrawn: ({ status }) => status.status === 'Canceled',
  saved: ({ talk }) => talk.proposal.version > 1 || talk.proposal.about.pendingAddress !== undefined,
  unchanged: () => true,
  'links-ended': ({ talk }) => talk.holder.generation > 0,
  'reminders-off': ({ talk }) => talk.proposal.about.reminders === 'off',
  'reminders-on': ({ talk }) => talk.proposal.about.reminders === 'on',
  'submission-concluded': ({ status }) => isTerminal(status) && status.status !== 'Canceled',
  'not-accepted': ({ status }) => status.result?.attendance === undefined,
  'not-confirmed': attendanceIs('awaited'),
  'attendance-answered': ({ status }) => status.result?.attendance !== undefined,
  'not-a-co-speaker': () => true,
  'too-many-commands': () => true,
  'precondition-failed': () => true,
  'temporarily-unavailable': () => true,
} as const satisfies Record<string, (seen: Seen) => boolean>;

export type SaidKey = keyof typeof saidKeys;

function isSaid(key: string): key is SaidKey {
  return Object.hasOwn(saidKeys, key);
}

/** What a page says of an error: somebody else was first, or the time is over. @throws what is none of these */
export function saidOf(error: unknown): SaidKey {
  if (error instanceof Refusal && isSaid(error.code)) return error.code;
  throw error;
}

export function saidIn(key: string | undefined, seen: Seen): SaidKey | undefined {
  return key !== undefined && isSaid(key) && saidKeys[key](seen) ? key : undefined;
}
