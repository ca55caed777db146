import { createHash } from 'node:crypto';
import { listMembers } from './list-members.ts';

/** A strong entity tag (RFC 9110, 8.8.3) of a content, and of nothing else (contract H17). */
export function entityTagOf(content: string): string {
  return `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
}

/** One tag, weak or strong. A field value has its bytes above 7F as characters. */
const entityTag = /^[\t ]*(?:W\/)?"([\x21\x23-\x7e\x80-\xff]*)"[\t ]*$/;

/** What a proxy that compresses appends to a tag: `-gzip` (Apache), `--gzip` (Jetty), `;gzip`, `-br`, … */
const mark = /^[-;:.]{1,2}[a-z]{1,10}$/;

/**
 * Whether the tag is among those that a client names: a list of tags, or `*`. None of ours is weak: a weak one, or one with
 * a mark, is what a proxy on the way has made of it (contract H35). What is no list of tags names none.
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

/** Whether a client that sends this If-None-Match has what the tag stands for (RFC 9110, 13.1.2). */
export function isKnown(tag: string, ifNoneMatch: string | undefined): boolean {
  return ifNoneMatch !== undefined && isNamed(tag, ifNoneMatch);
}
