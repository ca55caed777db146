/**
 * The value of an Idempotency-Key: 1 to 255 visible characters, bare or as a quoted string (RFC 9651, 3.3.3), and the
 * same key either way (contract H10). Throws nothing: a malformed one is `undefined`.
 */
export function parseIdempotencyKey(header: string): string | undefined {
  const key = quoted.test(header) ? header.slice(1, -1).replace(/\\(["\\])/g, '$1') : header;
  return visible.test(key) && (quoted.test(header) || !header.includes('"')) ? key : undefined;
}

const quoted = /^"(?:[\x21\x23-\x5b\x5d-\x7e]|\\["\\])*"$/;
const visible = /^[\x21-\x7e]{1,255}$/;
