import { conflictOf, hasConflict } from '../../contract/committee/conflict-of-interest.ts';
import type { Person } from '../../contract/committee/person.ts';
import type { Parties } from '../../contract/record.ts';
import type { Refuse } from '../http/refusal.ts';

/** Refuses a person with a conflict of interest, whatever the state of the submission. */
export function assertMayOpen(person: Person, parties: Parties, refuse: Refuse<'conflict-of-interest'>): void {
  const kind = conflictOf(person, parties, parties);
  if (kind === undefined) return;
  // People may know of a declared conflict; a conflict by address would reveal who the speaker is.
  const isDeclared = kind === 'declared' || kind === 'confirmed';
  refuse('conflict-of-interest', isDeclared ? { reason: kind } : {});
}

/** Names of the people a submission is hidden from, kept after it is erased. */
export function keptFrom(people: readonly Person[], parties: Parties): string[] {
  const declared = (parties.conflicts ?? []).map(({ by }) => by);
  const found = people.filter((person) => hasConflict(person, parties)).map(({ name }) => name);
  return [...new Set([...declared, ...found])].sort();
}
