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

const unread: Readonly<Record<string, RegExp>> = { 'gmail.com': /\./g, 'proton.me': /[._-]/g };

/** Returns the same form for all addresses of one mailbox. Only to compare: never send to it, and never show it. */
export function normalAddress(address: string): string {
  const written = address.slice(0, address.lastIndexOf('@')).normalize('NFKC').toLowerCase();
  const [mailbox, host] = mailboxOf(written, hostOf(address));
  const known = validator.normalizeEmail(`${mailbox}@${mainDomains[host] ?? host}`) || `${mailbox}@${host}`;
  const [name, domain] = [known.slice(0, known.lastIndexOf('@')), hostOf(known)];
  const untagged = name.split('+')[0] || name;
  return `${untagged.replace(unread[domain] ?? '', '') || untagged}@${domain}`;
}

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
