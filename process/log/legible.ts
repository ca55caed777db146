import { omitUndefined } from '../../contract/omit-undefined.ts';
import { framesOf, ownWords } from './own-words.ts';

/** Maximum nesting of causes and values. */
const deepest = 8;

export function legibleIn(entry: object, depth = 0): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entry).map(([key, value]) => [key, legible(value, depth + 1)]));
}

function legible(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > deepest) return '…';
  if (value instanceof Error) return legibleError(value, depth);
  if (Array.isArray(value)) return value.map((item) => legible(item, depth + 1));
  const isPlain = [Object.prototype, null].includes(Object.getPrototypeOf(value));
  return isPlain ? legibleIn(value, depth) : value;
}

/** Only these fields: others that drivers add (rows, parameters, recipients, replies) may be personal data. */
export function legibleError(error: Error, depth = 0): object {
  const { cause } = error;
  const message = ownWords(error);
  return omitUndefined({
    type: error.name,
    message: message ?? withheld,
    stack: framesOf(error).join('\n'),
    code: codeIn(error, 'code'),
    responseCode: codeIn(error, 'responseCode'),
    cause: cause instanceof Error ? legible(cause, depth + 1) : asCode(cause),
    errors: error instanceof AggregateError ? legible(error.errors, depth + 1) : undefined,
  });
}

export const withheld = '(withheld: the words are of another program)';

function codeIn(error: Error, key: string): string | number | undefined {
  return asCode(Object.entries(error).find(([name]) => name === key)?.[1]);
}

/** A number, or a name like `ECONNRESET` or `23505`. */
function asCode(value: unknown): string | number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^[A-Z0-9_]{1,60}$/.test(value) ? value : undefined;
}
