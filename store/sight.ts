import { setImmediate as turn } from 'node:timers/promises';
import { hasConflict } from '../contract/committee/conflict-of-interest.ts';
import type { Person } from '../contract/committee/person.ts';
import type { Parties } from '../contract/record.ts';

/** What one person may see. */
export type Sight = { person: string; sees: (parties: Parties) => boolean };

export function sightOf(person: Person): Sight {
  return { person: person.name, sees: (parties) => !hasConflict(person, parties) };
}

/** Of who works for all: the worker, and operators. */
export const everything: Sight = { person: '', sees: () => true };

/** Rows read beyond those asked for, so that a hidden one among them costs no second query, whose time would tell of it. */
const spare = 16;

/** Rows of each further query: some hundred kilobytes. */
const batchSize = 500;

export function isSeen({ sees }: Sight, row: { parties: string }): boolean {
  return sees(JSON.parse(row.parties));
}

/** Reads until there are so many rows that a person may see: hidden ones take no place among them, and leave no trace. */
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
    // The embedded database answers at once: others get their turn in between.
    await turn();
  }
}
