import type { z } from 'zod';

type Issue = z.core.$ZodIssue;
type Described = { detail: string; pointer: string };

/** The errors in a JSON value, each with its JSON Pointer (RFC 6901; contract H6). */
export function describeIssues(issues: readonly Issue[], value: unknown): Described[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ detail: 'is not a known property', pointer: pointerTo([...issue.path, key]) }));
    }
    return [{ detail: isMissing(issue, value) ? 'is required' : messageOf(issue), pointer: pointerTo(issue.path) }];
  });
}

function messageOf(issue: Issue): string {
  const isZodsOwn = issue.message.startsWith('Invalid');
  if (issue.code === 'invalid_value' && isZodsOwn) return `must be one of: ${issue.values.join(', ')}`;
  if (issue.code === 'invalid_type' && isZodsOwn) return `must be of type ${issue.expected}`;
  return issue.message;
}

function isMissing({ path }: Issue, value: unknown): boolean {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return true;
    at = Reflect.get(at, key);
  }
  return at === undefined;
}

function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
