/** 1 to 255 visible ASCII characters, bare or as a quoted string (RFC 9651, 3.3.3; contract H10). */
export const idempotencyKeyPattern = /^(?:[!#-~]{1,255}|"(?:[!#-[\]-~]|\\["\\]){1,255}")$/;

/** The key that a header's value stands for: the same, quoted or bare. A malformed one is `undefined`. */
export function parseIdempotencyKey(header: string): string | undefined {
  if (!idempotencyKeyPattern.test(header)) return undefined;
  return header.startsWith('"') ? header.slice(1, -1).replace(/\\(["\\])/g, '$1') : header;
}
