/** Names a submission where people speak: beside its id, on the phone and in a chat. It opens nothing. */
export type ShortCode = `${string}-${string}`;

/** Consonants: no digits, and few words by chance. Without L, which passes for a 1 or an I. */
const letters = 'BCDFGHJKMNPQRSTVWXZ';
const length = 8;
const group = length / 2;

const four = `[${letters}]{${group}}`;
export const shortCodePattern = new RegExp(`^${four}-${four}$`);

const anyCase = `[${letters}${letters.toLowerCase()}]{${group}}`;
/** As people write it: in any case, its halves together or apart. */
export const spokenCodePattern = new RegExp(`^${anyCase}[- ]?${anyCase}$`);

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
