import { createHash } from 'node:crypto';
import { z } from 'zod';
import { email } from '../contract/email.ts';
import type { Person } from '../contract/person.ts';
import { line } from '../contract/text.ts';
import { type Role, roles } from '../contract/visibility.ts';
import { loadYaml } from './yaml-file.ts';

export type { Person };

/** Who holds a token, if anybody does; and all who have one. */
export type Access = ((token: string) => Person | undefined) & { people?: readonly Person[] };

const person = z.strictObject({
  name: line({ max: 120 }),
  role: z.enum(roles),
  email: email.optional(),
  token: z.string().regex(/^sha256:[0-9a-f]{64}$/, 'must be sha256: and the hash of a token in 64 hexadecimal digits'),
});

const accessSchema = z.strictObject({
  people: z
    .array(person)
    .refine((people) => areUnique(people.map(({ name }) => name)), 'two people have the same name')
    .refine((people) => areUnique(people.map(({ token }) => token)), 'two people have the same token'),
});

/** Reads and checks the file that says who may do what (ACCESS_FILE). @throws SetupError */
export async function loadAccess(file: string): Promise<Access> {
  const { people } = await loadYaml(file, accessSchema, { setting: 'ACCESS_FILE', what: 'list of people' });
  // A token is a secret of 256 random bits: one plain hash of it can't be turned back, and is found without comparing.
  const byHash = new Map(
    people.map(({ token, name, role, email }) => [token, { name, role, ...(email ? { email } : {}) }]),
  );
  return Object.assign((token: string) => byHash.get(hashOf(token)), { people: [...byHash.values()] });
}

/** How a token is kept. */
export function hashOf(token: string): string {
  return `sha256:${createHash('sha256').update(token).digest('hex')}`;
}

/** Whether a role includes another one. */
export function includes(role: Role, other: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(other);
}

function areUnique(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}
