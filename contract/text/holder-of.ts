/**
 * Whose talks are found by an address: it is compared as it was given, but for the case of letters (contract H39). Beyond
 * ASCII, only the domain's: the Kelvin sign in lower case is the letter k, and so another person's mailbox.
 */
export function holderOf(address: string): string {
  const at = address.lastIndexOf('@');
  const name = address.slice(0, at).replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  return `${name}${address.slice(at).toLowerCase()}`;
}
