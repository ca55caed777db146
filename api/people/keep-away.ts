import { conflictOf, hasConflict } from '../../contract/committee/conflict-of-interest.ts';
import type { Person } from '../../contract/committee/person.ts';
import type { Parties } from '../../contract/record.ts';
import type { Refuse } from '../http/refusal.ts';

/** Refuses a person who has to keep away: the same, whatever there is to be kept from them. */
export function assertMayOpen(person: Person, parties: Parties, refuse: Refuse<'conflict-of-interest'>): void {
  const kind = conflictOf(person, parties, parties);
  if (kind === undefined) return;
  // What was said of themself they may know; what their addresses have in common would tell who the speaker is.
  const isSaid = kind === 'declared' || kind === 'confirmed';
  refuse('conflict-of-interest', isSaid ? { reason: kind } : {});
}

/** Names of those who may not know of a submission, to be remembered when nothing else of it is. */
export function keptFrom(people: readonly Person[], parties: Parties): string[] {
  const declared = (parties.conflicts ?? []).map(({ by }) => by);
  const found = people.filter((person) => hasConflict(person, parties)).map(({ name }) => name);
  return [...new Set([...declared, ...found])].sort();
}
