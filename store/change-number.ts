/** Changes are numbered in the order in which they are made; `0` is before the first one. */
export type ChangeNumber = number & { readonly __brand: 'ChangeNumber' };

/** @throws RangeError where a text is no number of a change */
export function parseChangeNumber(text: string): ChangeNumber {
  const number = Number(text);
  if (!isChangeNumber(number)) throw new RangeError(`${text} is no number of a change`);
  return number;
}

function isChangeNumber(number: number): number is ChangeNumber {
  return Number.isSafeInteger(number) && number >= 0;
}
