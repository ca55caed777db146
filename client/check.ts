/** Checks only what the client relies on: a newer service may answer more. */
export type Check = (value: unknown) => boolean;

export const isText: Check = (value) => typeof value === 'string';

export const isNumber: Check = (value) => typeof value === 'number';

export const isOneOf =
  (words: readonly unknown[]): Check =>
  (value) =>
    words.includes(value);

export const isListOf =
  (item: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(item);

export const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

export const isObjectWith =
  (properties: Readonly<Record<string, Check>>): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(properties).every(([name, check]) => check(Reflect.get(value, name)));
