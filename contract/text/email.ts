import { domainToASCII } from 'node:url';
import { z } from 'zod';
import { atMost, directions, whiteSpace } from './text.ts';

const nowhere = `${whiteSpace}\\u0000-\\u001f\\u007f-\\u009f${directions}`;
/** ASCII as in HTML's e-mail fields; other characters by RFC 6531. */
const localPart = `[^${nowhere}"(),:;<>@\\[\\\\\\]]+`;
const edge = `[^${nowhere}!-\\/:-@\\[-\`{-~]`;
const inner = `[^${nowhere}!-,.\\/:-@\\[-\`{-~]`;
const label = `${edge}(?:${inner}{0,61}${edge})?`;
const pattern = new RegExp(`^[${whiteSpace}]*${localPart}@${label}(?:\\.${label})*[${whiteSpace}]*$`, 'u');

const unseen = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u;

// RFC 5321, 4.5.3.1.3 limits a path to 256 octets, its angle brackets included.
const longest = 254;

export const email = z
  .string()
  .check(atMost(longest))
  .regex(pattern, 'must be an e-mail address, like ada@example.org')
  .trim()
  .refine((address) => problemOf(address) === undefined, { error: ({ input }) => problemOf(String(input)) })
  .meta({ maxLength: longest });

function problemOf(address: string): string | undefined {
  if (!pattern.test(address)) return undefined;
  if (unseen.test(address)) return 'must not have invisible characters';
  if (address.includes('=?')) return 'must not have "=?", which mail programs decode';
  return isSendable(address) ? undefined : 'must have a domain that mail can be sent to, and at most 254 bytes';
}

/** Whether the domain has an ASCII form (UTS #46), and the address fits into SMTP's octets. */
function isSendable(address: string): boolean {
  const at = address.lastIndexOf('@');
  const domain = asciiOf(address.slice(at + 1));
  if (domain === undefined || domain.split('.').some((part) => !/^[^-].{0,62}$/.test(part))) return false;
  return new TextEncoder().encode(address.slice(0, at)).length + 1 + domain.length <= longest;
}

function asciiOf(domain: string): string | undefined {
  // Unchanged: domainToASCII would take numbers for an IP address.
  if (/^[\x21-\x7e]*$/.test(domain)) return domain;
  return domainToASCII(domain) || undefined;
}
