import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Role, roles } from '../../contract/call/visibility.ts';
import type { Person } from '../../contract/committee/person.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';
import { email } from '../../contract/text/email.ts';
import { normalAddress } from '../../contract/text/normal-address.ts';
import { line } from '../../contract/text/text.ts';
import { loadYaml } from '../../process/yaml-file.ts';

/** Returns the person who holds a token. */
export type Access = (token: string) => Person | undefined;

const person = z.strictObject({
  name: line({ max: 120 }),
  role: z.enum(roles),
  emails: z.array(email).min(1).optional(),
  token: z.string().regex(/^sha256:[0-9a-f]{64}$/, 'must be sha256: and the hash of a token in 64 hexadecimal digits'),
});

const accessSchema = z.strictObject({
  people: z
    .array(person)
    .refine((people) => areUnique(people.map(({ name }) => name)), 'two people have the same name')
    .refine((people) => areUnique(people.map(({ token }) => token)), 'two people have the same token')
    .check(refuseSharedAddresses),
});

/** Reads and checks the file of organisers and reviewers (ACCESS_FILE). @throws SetupError */
export async function loadAccess(file: string): Promise<{ access: Access; committee: Person[] }> {
  const { people } = await loadYaml(file, accessSchema, { setting: 'ACCESS_FILE', what: 'list of people' });
  // A token has 256 random bits: a plain hash of it can't be reversed, and a lookup leaks no timing.
  const byHash = new Map(people.map(({ token, ...person }): [string, Person] => [token, omitUndefined(person)]));
  return { access: (token) => byHash.get(hashOf(token)), committee: [...byHash.values()] };
}

/** The form in which a token is stored. */
export function hashOf(token: string): string {
  return `sha256:${createHash('sha256').update(token).digest('hex')}`;
}

export function includes(role: Role, other: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(other);
}

/** With two names, somebody could read under one what the other must not see yet. */
function refuseSharedAddresses({ value: people, issues }: z.core.ParsePayload<z.output<typeof person>[]>): void {
  const owners = new Map<string, string>();
  for (const [at, { name, emails = [] }] of people.entries())
    for (const [index, address] of emails.entries()) {
      const owner = owners.get(normalAddress(address));
      if (owner !== undefined && owner !== name)
        issues.push({
          code: 'custom',
          input: address,
          path: [at, 'emails', index],
          message: `is also an address of ${owner}: each person has one entry`,
        });
      owners.set(normalAddress(address), name);
    }
}

function areUnique(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}
