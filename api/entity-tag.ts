import { createHash } from 'node:crypto';

/** A strong entity tag (RFC 9110, 8.8.3) of a content, and of nothing else (contract H17). */
export function entityTagOf(content: string): string {
  return `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
}

/**
 * Whether a client that sends this If-None-Match has what the tag stands for: a list of tags, weak ones too, since they
 * are compared weakly (RFC 9110, 13.1.2), or `*`.
 */
export function isKnown(tag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.trim() === '*' || (ifNoneMatch.match(/"[^"]*"/g)?.includes(tag) ?? false);
}
