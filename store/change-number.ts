/** Number of an entry of a feed, in their order. */
export type ChangeNumber = number & { readonly __brand: 'ChangeNumber' };

export const beforeTheFirst = parseChangeNumber('0');

/** @throws RangeError if the text isn't a change number */
export function parseChangeNumber(text: string): ChangeNumber {
  const number = Number(text);
  if (!isChangeNumber(number)) throw new RangeError(`${text} is not a change number`);
  return number;
}

function isChangeNumber(number: number): number is ChangeNumber {
  return Number.isSafeInteger(number) && number >= 0;
}
