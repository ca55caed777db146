import domains from 'email-providers';
import { parse } from 'tldts';
import type { Parties } from '../record.ts';
import type { SubmissionState } from '../state.ts';
import { hostOf, normalAddress } from '../text/normal-address.ts';
import type { Person } from './person.ts';

/** Domains that the package lacks: of mail and internet providers, of relays, and of societies that forward mail. */
const moreDomains = `
  fastmail.com tuta.com tuta.io tutamail.com posteo.de riseup.net disroot.org mail.de zoho.eu zohomail.com
  startmail.com kolabnow.com ik.me gmx.ch hotmail.se xs4all.nl duck.com mozmail.com simplelogin.com aleeas.com
  slmail.me anonaddy.com addy.io passmail.net passmail.com passinbox.com proton.ch keemail.me mailfence.com
  autistici.org firemail.de ziggo.nl caiway.nl quicknet.nl casema.nl telfort.nl solcon.nl tele2.nl kpnplanet.nl
  online.no telenor.no broadpark.no lyse.net altibox.no telia.com telia.se telia.no telia.dk telia.fi comhem.se
  bredband.net tele2.se elisanet.fi mail.dk hispeed.ch sunrise.ch unitybox.de kabelmail.de proximus.be bbox.fr
  numericable.fr fastwebnet.it users.noreply.github.com users.noreply.gitlab.com acm.org ieee.org computer.org
  member.fsf.org
`
  .trim()
  .split(/\s+/);

const providers: ReadonlySet<string> = new Set([...domains, ...moreDomains]);

/** Mail providers with a domain in each of many countries. */
const brands = /^(?:gmx|hotmail|live|outlook|tutanota|yahoo|yandex|zoho)$/;

export type ConflictKind = 'declared' | 'confirmed' | 'own-talk' | 'same-domain';

/** The conflict that excludes a member of the committee from a submission: declared, confirmed, or found by address. */
export function conflictOf(
  { name, emails = [] }: Person,
  submission: Omit<Parties, 'conflicts'>,
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

export function hasConflict(person: Person, parties: Parties): boolean {
  return conflictOf(person, parties, parties) !== undefined;
}

export function addressesOf({ speaker, coSpeakers = [], formerAddresses = [] }: Omit<Parties, 'conflicts'>): string[] {
  return [...[speaker, ...coSpeakers].map(({ email }) => email), ...formerAddresses];
}

/** The registrable domain by the public suffix list, or a host without one (an IP address, a single label). */
function organisationsOf(address: string): string[] {
  const host = hostOf(address);
  const { domain, domainWithoutSuffix, publicSuffix } = parse(host, { allowPrivateDomains: true });
  const organisation = domain ?? host;
  const ofProvider = providers.has(host) || providers.has(organisation) || isBrand(domainWithoutSuffix, publicSuffix);
  return ofProvider ? [] : [organisation];
}

/** Only under short suffixes: live.ac.uk would be a university. */
function isBrand(name: string | null, suffix: string | null): boolean {
  return name !== null && suffix !== null && brands.test(name) && /^(?:com?\.)?\p{L}{2,3}$/u.test(suffix);
}

function haveOneInCommon(some: readonly string[], others: readonly string[]): boolean {
  return some.some((one) => others.includes(one));
}
