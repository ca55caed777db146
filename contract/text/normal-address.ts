import { domainToASCII } from 'node:url';
import validator from 'validator';

/** Aliases of providers' domains that `validator` doesn't know. */
const mainDomains: Readonly<Record<string, string>> = {
  'me.com': 'icloud.com',
  'mac.com': 'icloud.com',
  'pm.me': 'proton.me',
  'protonmail.com': 'proton.me',
  'protonmail.ch': 'proton.me',
};

/** Characters that a provider ignores in the name of a mailbox. */
const unread: Readonly<Record<string, RegExp>> = { 'gmail.com': /\./g, 'proton.me': /[._-]/g };

/**
 * Returns the same form for all addresses of one mailbox: to find conflicts of interest and to count a speaker's talks.
 * Only to compare; never to send to or to show. What follows a plus is removed at any provider.
 */
export function normalAddress(address: string): string {
  const written = address.slice(0, address.lastIndexOf('@')).normalize('NFKC').toLowerCase();
  const [mailbox, host] = mailboxOf(written, hostOf(address));
  const known = validator.normalizeEmail(`${mailbox}@${mainDomains[host] ?? host}`) || `${mailbox}@${host}`;
  const [name, domain] = [known.slice(0, known.lastIndexOf('@')), hostOf(known)];
  const untagged = name.split('+')[0] || name;
  return `${untagged.replace(unread[domain] ?? '', '') || untagged}@${domain}`;
}

/** The domain of an address in lower case, and in Punycode where it isn't ASCII. */
export function hostOf(address: string): string {
  const written = address.slice(address.lastIndexOf('@') + 1);
  const host = written.endsWith('.') ? written.slice(0, -1) : written;
  return domainToASCII(host) || host.toLowerCase();
}

/** At Fastmail, tag@mailbox.fastmail.com is a tag of mailbox@fastmail.com. */
function mailboxOf(name: string, host: string): [name: string, host: string] {
  const [mailbox, provider, ...rest] = host.split('.');
  return mailbox && provider === 'fastmail' && rest.length > 0
    ? [mailbox, [provider, ...rest].join('.')]
    : [name, host];
}
