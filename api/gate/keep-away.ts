import type { Person } from '../../contract/person.ts';
import type { Parties } from '../../contract/record.ts';
import type { Sight } from '../../store/sight.ts';
import { conflictOf } from '../conflict.ts';
import { Refusal } from '../refusal.ts';

/** Whether a person has to keep away from a submission. */
export function hasConflict(person: Person, parties: Parties): boolean {
  return conflictOf(person, parties, parties) !== undefined;
}

/** What a person may see of many: all that they need not keep away from. */
export function sightOf(person: Person): Sight {
  return { person: person.name, sees: (parties) => !hasConflict(person, parties) };
}

/** @throws Refusal where a person has to keep away: the same, whatever there is to be kept from them */
export function assertMayOpen(person: Person, parties: Parties): void {
  const kind = conflictOf(person, parties, parties);
  if (kind === undefined) return;
  // What was said of themself they may know; what their addresses have in common would tell who the speaker is.
  const isSaid = kind === 'declared' || kind === 'confirmed';
  throw new Refusal('conflict-of-interest', isSaid ? { reason: kind } : {});
}

/** Names of those who may not know of a submission, to be remembered when nothing else of it is. */
export function keptFrom(people: readonly Person[], parties: Parties): string[] {
  const declared = (parties.conflicts ?? []).map(({ by }) => by);
  const found = people.filter((person) => hasConflict(person, parties)).map(({ name }) => name);
  return [...new Set([...declared, ...found])].sort();
}
