import { createHash } from 'node:crypto';
import { listMembers } from './list-members.ts';

/** A strong entity tag (RFC 9110, 8.8.3), made from the content alone (contract H17). */
export function entityTagOf(content: string): string {
  return `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
}

/** One tag, weak or strong. Node gives the bytes of a header above 7F as characters. */
const entityTag = /^[\t ]*(?:W\/)?"([\x21\x23-\x7e\x80-\xff]*)"[\t ]*$/;

/** Suffix that compressing proxies append to a tag: `-gzip` (Apache), `--gzip` (Jetty), `;gzip`, `-br`, … */
const mark = /^[-;:.]{1,2}[a-z]{1,10}$/;

/**
 * Whether a header field names the tag, in a list or by `*`. The service's tags are strong: a weak tag, or one with a
 * suffix, was changed by a proxy and still matches (contract H35). A malformed list names no tag.
 */
export function isNamed(tag: string, field: string): boolean {
  if (field.trim() === '*') return true;
  const members = listMembers(field).filter((member) => member.trim() !== '');
  const named = members.map((member) => entityTag.exec(member)?.[1]);
  return !named.includes(undefined) && named.some((one) => one !== undefined && isSame(one, tag.slice(1, -1)));
}

function isSame(named: string, own: string): boolean {
  return named === own || (named.startsWith(own) && mark.test(named.slice(own.length)));
}

/** Whether the client already has this content, by its If-None-Match (RFC 9110, 13.1.2). */
export function isKnown(tag: string, ifNoneMatch: string | undefined): boolean {
  return ifNoneMatch !== undefined && isNamed(tag, ifNoneMatch);
}
