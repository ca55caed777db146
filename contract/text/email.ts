import { domainToASCII } from 'node:url';
import { z } from 'zod';
import { atMost, directions, whiteSpace } from './text.ts';

const nowhere = `${whiteSpace}\\u0000-\\u001f\\u007f-\\u009f${directions}`;
/** In ASCII what HTML takes, and beyond it any text (RFC 6531). */
const localPart = `[^${nowhere}"(),:;<>@\\[\\\\\\]]+`;
const edge = `[^${nowhere}!-\\/:-@\\[-\`{-~]`;
const inner = `[^${nowhere}!-,.\\/:-@\\[-\`{-~]`;
const label = `${edge}(?:${inner}{0,61}${edge})?`;
const pattern = new RegExp(`^[${whiteSpace}]*${localPart}@${label}(?:\\.${label})*[${whiteSpace}]*$`, 'u');

const unseen = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u;

// RFC 5321, 4.5.3.1.3 limits a path to 256 octets, its angle brackets included.
const longest = 254;

/** Also beyond ASCII. It stays as it was given, but for the white space that comes with pasted ones. */
export const email = z
  .string()
  .check(atMost(longest))
  .regex(pattern, 'must be an e-mail address, like ada@example.org')
  .trim()
  .refine((address) => problemOf(address) === undefined, { error: ({ input }) => problemOf(String(input)) })
  .meta({ maxLength: longest });

/** Of one that has the form of an address: JSON Schema has no words for these. */
function problemOf(address: string): string | undefined {
  if (!pattern.test(address)) return undefined;
  if (unseen.test(address)) return 'must not have invisible characters';
  if (address.includes('=?')) return 'must not have "=?", which mail programs decode';
  return isSendable(address) ? undefined : 'must have a domain that mail can be sent to, and at most 254 bytes';
}

/** Whether its domain can be said in ASCII (UTS #46), and all of it in the octets that SMTP has for it. */
function isSendable(address: string): boolean {
  const at = address.lastIndexOf('@');
  const domain = asciiOf(address.slice(at + 1));
  if (domain === undefined || domain.split('.').some((part) => !/^[^-].{0,62}$/.test(part))) return false;
  return new TextEncoder().encode(address.slice(0, at)).length + 1 + domain.length <= longest;
}

function asciiOf(domain: string): string | undefined {
  // As it is: numbers would be taken for an IP address.
  if (/^[\x21-\x7e]*$/.test(domain)) return domain;
  return domainToASCII(domain) || undefined;
}
