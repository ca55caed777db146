/** JSON Merge Patch (RFC 7396). */
export const mergePatch = { type: 'application/merge-patch+json', field: 'Accept-Patch' } as const;

/** Deeper patches change nothing that a submission has: its result is refused, and not walked through. */
const deepest = 10;

/** @returns a new value; the target isn't changed */
export function patched(target: unknown, patch: unknown, depth = 0): unknown {
  if (!isObject(patch) || depth > deepest) return patch;
  const result = new Map(isObject(target) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch))
    if (value === null) result.delete(name);
    else result.set(name, patched(result.get(name), value, depth + 1));
  // As `JSON.parse` does, and unlike an assignment, this makes `__proto__` a property like others.
  return Object.fromEntries(result);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
