import domains from 'email-providers';
import { parse } from 'tldts';
import type { Parties } from '../record.ts';
import type { SubmissionState } from '../state.ts';
import type { Submission } from '../submission.ts';
import { hostOf, normalAddress } from '../text/normal-address.ts';
import type { Person } from './person.ts';

/** Domains of mail providers: whoever shares one has nothing else in common. The package lacks those that are named here. */
const providers: ReadonlySet<string> = new Set([
  ...domains,
  ...['fastmail.com', 'tuta.com', 'tuta.io', 'tutamail.com', 'posteo.de', 'riseup.net', 'disroot.org', 'mail.de'],
  ...['zoho.eu', 'zohomail.com', 'startmail.com', 'kolabnow.com', 'ik.me', 'gmx.ch', 'hotmail.se', 'xs4all.nl'],
  ...[
    'duck.com',
    'mozmail.com',
    'simplelogin.com',
    'aleeas.com',
    'slmail.me',
    'anonaddy.com',
    'addy.io',
    'passmail.net',
  ],
  ...['passmail.com', 'passinbox.com', 'proton.ch', 'keemail.me', 'mailfence.com', 'autistici.org', 'firemail.de'],
  // Sold with a line to the home.
  ...['ziggo.nl', 'caiway.nl', 'quicknet.nl', 'casema.nl', 'telfort.nl', 'solcon.nl', 'tele2.nl', 'kpnplanet.nl'],
  ...['online.no', 'telenor.no', 'broadpark.no', 'lyse.net', 'altibox.no', 'telia.com', 'telia.se', 'telia.no'],
  ...['telia.dk', 'telia.fi', 'comhem.se', 'bredband.net', 'tele2.se', 'elisanet.fi', 'mail.dk', 'hispeed.ch'],
  ...['sunrise.ch', 'unitybox.de', 'kabelmail.de', 'proximus.be', 'bbox.fr', 'numericable.fr', 'fastwebnet.it'],
  // Given to each account, so that the real address stays hidden.
  ...['users.noreply.github.com', 'users.noreply.gitlab.com'],
  // Forwarded by a society to each of its members, who work anywhere.
  ...['acm.org', 'ieee.org', 'computer.org', 'member.fsf.org'],
]);

/** Their owners offer mail under the domains of many countries, more than any list keeps up with. */
const brands = /^(?:gmx|hotmail|live|outlook|tutanota|yahoo|yandex|zoho)$/;

export type ConflictKind = 'declared' | 'confirmed' | 'own-talk' | 'same-domain';

/**
 * Why a person takes no part in a submission, and sees nothing of it: declared by them, confirmed for them by an organiser,
 * or found by their addresses.
 */
export function conflictOf(
  { name, emails = [] }: Person,
  submission: Pick<Submission, 'speaker' | 'coSpeakers'>,
  { conflicts = [] }: Pick<SubmissionState, 'conflicts'>,
): ConflictKind | undefined {
  const said = conflicts.find(({ by }) => by === name);
  if (said) return said.confirmedBy === undefined ? 'declared' : 'confirmed';
  if (emails.length === 0) return undefined;
  const addresses = addressesOf(submission);
  if (haveOneInCommon(emails.map(normalAddress), addresses.map(normalAddress))) return 'own-talk';
  return haveOneInCommon(emails.flatMap(organisationsOf), addresses.flatMap(organisationsOf))
    ? 'same-domain'
    : undefined;
}

/** Whether a person has to keep away from a submission. */
export function hasConflict(person: Person, parties: Parties): boolean {
  return conflictOf(person, parties, parties) !== undefined;
}

export function addressesOf({ speaker, coSpeakers = [] }: Pick<Submission, 'speaker' | 'coSpeakers'>): string[] {
  return [speaker, ...coSpeakers].map(({ email }) => email);
}

/**
 * Whom somebody with the address works with: whoever has one under the same registrable domain (public suffix list, with
 * the suffixes of hosters), at whatever host. A host without such a domain (an IP address, a name of one label) stands for
 * itself, and a mail provider's for nobody.
 */
function organisationsOf(address: string): string[] {
  const host = hostOf(address);
  const { domain, domainWithoutSuffix, publicSuffix } = parse(host, { allowPrivateDomains: true });
  const organisation = domain ?? host;
  const ofProvider = providers.has(host) || providers.has(organisation) || isBrand(domainWithoutSuffix, publicSuffix);
  return ofProvider ? [] : [organisation];
}

/** Under the suffix of a country or a general one only: live.ac.uk would be a university. */
function isBrand(name: string | null, suffix: string | null): boolean {
  return name !== null && suffix !== null && brands.test(name) && /^(?:com?\.)?\p{L}{2,3}$/u.test(suffix);
}

function haveOneInCommon(some: readonly string[], others: readonly string[]): boolean {
  return some.some((one) => others.includes(one));
}
