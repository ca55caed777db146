import { addressOf, attendanceOf, conclusionOf, generationOf, isOnWaitlist } from '../record.ts';
import type { SubmissionState } from '../state.ts';
import { acceptanceIn, askedAnew } from './answer-letters.ts';
import { type Change, type Letter, withReleases } from './change.ts';
import { refuse } from './refusal.ts';

/** They are part of the state that each run of the workflow carries over. */
const mostAddresses = 20;

/** Milliseconds in which an address that was replaced may take the submission back. */
const undoTime = 7 * 24 * 3_600_000;

const undoUntil = (now: string) => new Date(Date.parse(now) + undoTime).toISOString();

/** The addresses that were ever named, the first as submitted. */
function addressesIn({ addresses }: SubmissionState, submitted: string): string[] {
  return addresses ?? [submitted];
}

/** The one that counts, or will once it is proved. */
export function namedAddress(state: SubmissionState, submitted: string): string | undefined {
  return addressesIn(state, submitted)[state.pendingAddress?.number ?? addressOf(state)];
}

/** Whether mail to the speaker may still follow. */
export function mayStillChangeAddress(state: SubmissionState): boolean {
  if (conclusionOf(state) === undefined) return true;
  const answer = attendanceOf(state)?.answer;
  return answer === 'awaited' || answer === 'confirmed';
}

/** @throws Refusal */
export function assertFewAddresses({ addresses = [] }: SubmissionState): void {
  if (addresses.length >= mostAddresses)
    refuse('too-many-commands', `${mostAddresses} addresses of one speaker are the most that it takes`);
}

/**
 * Names another address. It becomes the speaker's once it is proved; until then all goes to the one of before, which is told at
 * once, in the call's own words.
 *
 * @param by the organiser who names it; the speaker if missing
 */
export function withPendingAddress(
  state: SubmissionState,
  { submitted, email, by }: { submitted: string; email: string; by?: string | undefined },
  now: string,
): Change {
  const addresses = addressesIn(state, submitted);
  if (addresses[addressOf(state)] === email) return { pendingAddress: undefined };
  const number = addresses.length;
  return {
    addresses: [...addresses, email],
    address: addressOf(state),
    pendingAddress: { number, ...(by !== undefined && { by }) },
    ...withReleases(
      state,
      now,
      { name: 'address-proof', to: number },
      { name: 'address-changing', to: addressOf(state) },
    ),
  };
}

/** The pending address is proved: it is the speaker's, and links that were sent to the old one end but for the way back. */
export function withProvedAddress(state: SubmissionState, now: string): Change {
  const { pendingAddress } = state;
  if (pendingAddress === undefined) return {};
  const address = addressOf(state);
  return {
    ...withAddressOf(state, pendingAddress.number),
    undos: [...undosAt(state, now), { address, until: undoUntil(now) }],
    ...toldAnew(state, [replaced(address)], pendingAddress.by !== undefined, now),
  };
}

/** Whether a link of the way back still works. */
export function mayUndo(state: SubmissionState, address: number, now: string): boolean {
  const isOfPending = state.pendingAddress !== undefined && address === addressOf(state);
  return isOfPending || undosAt(state, now).some((one) => one.address === address);
}

/**
 * The former address takes the submission back. It is proved by that, and all tokens of before end. The addresses that came
 * after it have no way back, those before it keep theirs.
 */
export function withFormerAddress(state: SubmissionState, address: number, now: string): Change {
  const undos = undosAt(state, now);
  const at = undos.findIndex((one) => one.address === address);
  const before = at < 0 ? undos : undos.slice(0, at);
  const back = {
    ...withAddressOf(state, address),
    tokensEnded: true as const,
    undos: [...before, { address, until: undos[at]?.until ?? undoUntil(now), isDone: true as const }],
  };
  // It stays where it is.
  if (address === addressOf(state)) return { ...back, ...askedAnew(state) };
  return { ...back, ...toldAnew(state, [replaced(addressOf(state))], false, now) };
}

/**
 * Another person holds the submission from now on: their mail was proved otherwise. Whoever reads the mail of the former holder
 * has a way back, since a token that was stolen is enough to hand it over.
 */
export function withNextHolder(
  state: SubmissionState,
  { submitted, email }: { submitted: string; email: string },
  now: string,
): Change {
  const addresses = addressesIn(state, submitted);
  const former = addressOf(state);
  return {
    addresses: [...addresses, email],
    ...withAddressOf(state, addresses.length),
    undos: [...undosAt(state, now), { address: former, until: undoUntil(now) }],
    ...toldAnew(state, [{ name: 'address-changing', to: former }, replaced(former)], false, now),
  };
}

function withAddressOf(state: SubmissionState, address: number): Change {
  const generation = generationOf(state) + 1;
  const known = [...(state.provedAddresses ?? []), ...(state.proved ? [addressOf(state)] : [])];
  const provedAddresses = [...new Set([...known, address])];
  return { address, pendingAddress: undefined, proved: true, provedAddresses, tokensEnded: undefined, generation };
}

const undosAt = ({ undos = [] }: SubmissionState, now: string) => undos.filter(({ until }) => now < until);

const replaced = (to: number): Letter => ({ name: 'address-replaced', to });

/**
 * The new address is sent a link: with the answer, if there is one, or by itself. An answer that an organiser's correction let
 * arrive is asked for with its whole time; a speaker can't gain time by changing the address.
 */
function toldAnew(state: SubmissionState, toOld: Letter[], isCorrection: boolean, now: string): Change {
  const { course } = state;
  if (course.at !== 'accepted' || course.attendance?.answer !== 'awaited')
    return withReleases(state, now, ...toOld, isOnWaitlist(state) ? 'waitlisted' : 'address-corrected');
  // Held until now, it would name a date that has moved.
  if (!isCorrection && !course.attendance.isHeld)
    return withReleases(state, now, ...toOld, acceptanceIn(state)?.name ?? 'address-corrected');
  return {
    course: { ...course, attendance: { ...course.attendance, anew: 'acceptance' } },
    ...withReleases(state, now, ...toOld),
  };
}
