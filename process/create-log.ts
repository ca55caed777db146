import { pino } from 'pino';
import { omitUndefined } from '../contract/omit-undefined.ts';

/** Maximum nesting of causes and values. */
const deepest = 8;

type Stream = { write(line: string): void };

/** Logs JSON lines. Errors keep their message, stack, code and cause, under any key and at any depth. */
export function createLog(name: string, stream?: Stream) {
  const options = {
    name,
    formatters: { log: (entry: object) => ({ ...entry, ...legibleIn(entry, 0) }) },
    serializers: { err: (value: unknown) => value },
  };
  return stream ? pino(options, stream) : pino(options);
}

function legible(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > deepest) return '…';
  if (value instanceof Error) return legibleError(value, depth);
  if (Array.isArray(value)) return value.map((item) => legible(item, depth + 1));
  const isPlain = [Object.prototype, null].includes(Object.getPrototypeOf(value));
  return isPlain ? legibleIn(value, depth) : value;
}

function legibleIn(entry: object, depth: number): object {
  return Object.fromEntries(Object.entries(entry).map(([key, value]) => [key, legible(value, depth + 1)]));
}

/** Only these fields: others that drivers add (rows, parameters, recipients) may be personal data. */
function legibleError(error: Error, depth: number): object {
  const { name, message, stack, cause } = error;
  const code = 'code' in error ? error.code : undefined;
  return omitUndefined({
    type: name,
    message,
    stack,
    code: typeof code === 'string' || typeof code === 'number' ? code : undefined,
    cause: cause === undefined ? undefined : legible(cause, depth + 1),
    errors: error instanceof AggregateError ? legible(error.errors, depth + 1) : undefined,
  });
}
