import { domainToASCII } from 'node:url';
import validator from 'validator';

/** Other names of a provider's domain: a mailbox has the same name under each. Those that `validator` doesn't know. */
const mainDomains: Readonly<Record<string, string>> = {
  'me.com': 'icloud.com',
  'mac.com': 'icloud.com',
  'pm.me': 'proton.me',
  'protonmail.com': 'proton.me',
  'protonmail.ch': 'proton.me',
};

/** What a provider doesn't read in the name of a mailbox. Gmail passes over dots in a row too. */
const unread: Readonly<Record<string, RegExp>> = { 'gmail.com': /\./g, 'proton.me': /[._-]/g };

/**
 * The form that two addresses of one mailbox have in common: for conflicts of interest, talks of the same speaker and
 * their number. It is for comparing alone, within the service: nothing is sent to it, and nobody is shown it.
 *
 * Tags after a plus go at any provider: where they are no tags, two mailboxes that differ in them alone belong together
 * all the same.
 */
export function normalAddress(address: string): string {
  const written = address.slice(0, address.lastIndexOf('@')).normalize('NFKC').toLowerCase();
  const [mailbox, host] = mailboxOf(written, hostOf(address));
  const known = validator.normalizeEmail(`${mailbox}@${mainDomains[host] ?? host}`) || `${mailbox}@${host}`;
  const [name, domain] = [known.slice(0, known.lastIndexOf('@')), hostOf(known)];
  const untagged = name.split('+')[0] || name;
  return `${untagged.replace(unread[domain] ?? '', '') || untagged}@${domain}`;
}

/** The domain of an address, in lower case, as the DNS has it: letters of other scripts are in Punycode. */
export function hostOf(address: string): string {
  const written = address.slice(address.lastIndexOf('@') + 1);
  const host = written.endsWith('.') ? written.slice(0, -1) : written;
  return domainToASCII(host) || host.toLowerCase();
}

/** At Fastmail, whatever stands before the @ of a mailbox's own domain is a tag. */
function mailboxOf(name: string, host: string): [name: string, host: string] {
  const [mailbox, provider, ...rest] = host.split('.');
  return mailbox && provider === 'fastmail' && rest.length > 0
    ? [mailbox, [provider, ...rest].join('.')]
    : [name, host];
}
