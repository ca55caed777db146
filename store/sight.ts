import { setImmediate as turn } from 'node:timers/promises';
import { hasConflict } from '../contract/committee/conflict-of-interest.ts';
import type { Person } from '../contract/committee/person.ts';
import type { Parties } from '../contract/record.ts';

/** Tells which submissions one person may see. */
export type Sight = { person: string; sees: (parties: Parties) => boolean };

export function sightOf(person: Person): Sight {
  return { person: person.name, sees: (parties) => !hasConflict(person, parties) };
}

/** For the worker and operators. */
export const everything: Sight = { person: '', sees: () => true };

/** Extra rows read, so that a hidden row costs no second query, whose duration would reveal it. */
const spare = 16;

/** Rows read per further query: some hundred kilobytes. */
const batchSize = 500;

export function isSeen({ sees }: Sight, row: { parties: string }): boolean {
  return sees(JSON.parse(row.parties));
}

/** Reads until there are `size` rows that the person may see: hidden ones leave no gap. */
export async function seenRows<Row>(
  size: number,
  read: (after: Row | undefined, count: number) => Promise<Row[]>,
  mayShow: (row: Row) => boolean,
): Promise<Row[]> {
  const seen: Row[] = [];
  let after: Row | undefined;
  for (let count = Math.min(size + spare, batchSize); ; count = batchSize) {
    const rows = await read(after, count);
    for (const row of rows) {
      if (!mayShow(row)) continue;
      seen.push(row);
      if (seen.length === size) return seen;
    }
    if (rows.length < count) return seen;
    after = rows.at(-1);
    // The embedded database blocks the event loop: let other requests run in between.
    await turn();
  }
}
