/** A 32-bit FNV-1a hash: tells whether a text is the same as one that is kept elsewhere. Against nobody who means harm. */
export function digestOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
