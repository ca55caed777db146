/** Names a submission where people speak: beside its id, on the phone and in a chat. It opens nothing. */
export type ShortCode = `${string}-${string}`;

/** Consonants: no digits, and few words by chance. Without L, which passes for a 1 or an I. */
const letters = 'BCDFGHJKMNPQRSTVWXZ';
const length = 8;
const group = length / 2;

export const shortCodePattern = /^[B-DF-HJKMNP-TV-XZ]{4}-[B-DF-HJKMNP-TV-XZ]{4}$/;

/** As people write it: in any case, its halves together or apart. */
export const spokenCodePattern =
  /^[B-DF-HJKMNP-TV-XZb-df-hjkmnp-tv-xz]{4}[- ]?[B-DF-HJKMNP-TV-XZb-df-hjkmnp-tv-xz]{4}$/;

/** @param number of 64 random bits, so that each code is as likely as any other, but for one in 10^9 */
export function shortCodeOf(number: bigint): ShortCode {
  const base = BigInt(letters.length);
  let text = '';
  for (let rest = number; text.length < length; rest /= base) text += letters.charAt(Number(rest % base));
  return inGroups(text);
}

/** @param spoken matches `spokenCodePattern` */
export function writtenCode(spoken: string): ShortCode {
  return inGroups(spoken.replace(/[- ]/, '').toUpperCase());
}

function inGroups(text: string): ShortCode {
  return `${text.slice(0, group)}-${text.slice(group)}`;
}
