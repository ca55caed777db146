import domains from 'email-providers';
import type { SubmissionState } from '../contract/state.ts';
import type { Submission } from '../contract/submission.ts';
import type { Person } from './access.ts';

/** Domains of mail providers: who shares one of these has nothing else in common. */
const providers: ReadonlySet<string> = new Set(domains);

export type ConflictKind = 'declared' | 'own-talk' | 'same-domain';

/** Why a person takes no part in a submission, and sees nothing of it: declared by them, or found by their address. */
export function conflictOf(
  { name, email }: Person,
  { speaker, coSpeakers = [] }: Pick<Submission, 'speaker' | 'coSpeakers'>,
  { conflicts = [] }: Pick<SubmissionState, 'conflicts'>,
): ConflictKind | undefined {
  if (conflicts.some(({ by }) => by === name)) return 'declared';
  if (email === undefined) return undefined;
  const addresses = [speaker, ...coSpeakers].map((one) => one.email.toLowerCase());
  if (addresses.includes(email.toLowerCase())) return 'own-talk';
  const domain = domainOf(email.toLowerCase());
  return !providers.has(domain) && addresses.some((address) => domainOf(address) === domain)
    ? 'same-domain'
    : undefined;
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
